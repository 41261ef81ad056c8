//! The hub is migrated under the API: tables are rewritten, swapped and restored.

use shared_types::HubState;

use super::NOW;
use crate::figures::rows;
use crate::world::{Api, Hub, Kind, Moment, told};

async fn tables_are_rewritten(hub: &Hub) {
    let moment = Moment::new(NOW);
    let all = rows::some(moment.now(), 360);
    hub.insert(&all[..300]).await;
    let api = Api::live(hub, &moment).await;
    for (turn, migration) in [
        "ALTER TABLE omni2.audit_logs ALTER COLUMN id TYPE bigint, \
         ALTER COLUMN duration_ms TYPE bigint, ALTER COLUMN user_id TYPE bigint",
        "ALTER TABLE omni2.audit_logs ADD COLUMN region text DEFAULT 'eu'; \
         ALTER TABLE omni2.audit_logs ALTER COLUMN mcp_target TYPE text; \
         ALTER TABLE omni2.audit_logs ALTER COLUMN cost_usd TYPE numeric(20, 12)",
        // A copy takes the table's place, as tools do that reclaim space.
        "BEGIN; CREATE TABLE omni2.copy (LIKE omni2.audit_logs INCLUDING ALL); \
         INSERT INTO omni2.copy SELECT * FROM omni2.audit_logs; \
         ALTER SEQUENCE omni2.audit_logs_id_seq OWNED BY omni2.copy.id; \
         DROP TABLE omni2.audit_logs; \
         ALTER TABLE omni2.copy RENAME TO audit_logs; COMMIT",
        "VACUUM FULL omni2.audit_logs",
    ]
    .into_iter()
    .enumerate()
    {
        hub.run(migration).await;
        let from = 300 + 15 * turn;
        hub.insert(&all[from..from + 15]).await;
        api.is(HubState::Live).await;
        api.agrees(hub, &moment).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_that_is_migrated_is_followed_all_the_same() {
    told(Kind::C, tables_are_rewritten).await;
}
