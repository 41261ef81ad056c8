//! Cards and charts, in several zones and every range.

use shared_types::{Range, Stats};

use super::{NOW, rows};
use crate::world::{Api, Hub, Moment, Reference, agreement, on_every_hub};

on_every_hub!(charts_and_cards_are_what_sql_computes);

const ZONES: [&str; 3] = ["UTC", "Asia/Kolkata", "America/New_York"];

async fn charts_and_cards_are_what_sql_computes(hub: &Hub) {
    let moment = Moment::new(NOW);
    hub.insert(&rows::a_month(moment.now())).await;
    let api = Api::live(hub, &moment).await;
    let reference = Reference::of(hub).await;
    for zone in ZONES {
        let cards: Stats = api
            .read(&format!("/api/v1/dashboard/stats?tz={zone}"))
            .await;
        assert!(cards.queries_today > 100, "there is something to compare");
        assert_eq!(cards.active_mcps, Some(9));
        assert_eq!(cards.total_users, Some(28));
        let now = moment.now();
        let same = agreement::cards(hub, &api, &reference, zone, now).await;
        assert_eq!(same, Ok(()));
        for range in Range::ALL {
            let same = agreement::charts(hub, &api, &reference, zone, range, now).await;
            assert_eq!(same, Ok(()));
        }
    }
}
