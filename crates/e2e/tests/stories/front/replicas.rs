//! Two APIs behind one gateway: they agree, and one of them may go.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use actix_web::HttpResponse;
use e2e::{Device, Viewer, until};

use super::{Neighbour, Street, client, header};

/// Requests under way at any time.
const AT_ONCE: usize = 4;
/// How many are answered before one API goes, and after.
const ENOUGH: usize = 150;
/// More than a request is tried at, would servers that are gone not be left out meanwhile.
const OTHERS: usize = 40;
const LIVE: &str = "\"state\":\"live\"";
const NOBODY_IS_HELD_BACK: (&str, &str) = ("OMNI2_RATE", "100000");

#[tokio::test(flavor = "multi_thread")]
async fn replicas_say_the_same_to_the_last_byte() {
    let Some(street) = Street::of(2, &[], &[NOBODY_IS_HELD_BACK]).await else {
        return;
    };
    let mut last = 0;
    for server in ["database-mcp", "github-mcp", "database-mcp"] {
        last = street.hub.call(server).await;
    }
    for api in &street.apis {
        let feed = format!("{}/api/v1/dashboard/activity", api.url());
        let status = format!("{}/api/v1/status", api.url());
        until_it_says(&feed, &format!("\"id\":{last},")).await;
        until_it_says(&status, LIVE).await;
    }
    for path in [
        "stats",
        "charts/errors?range=7d",
        "charts/cost?range=30d",
        "activity",
    ] {
        let mut answers = Vec::new();
        for api in &street.apis {
            let address = format!("{}/api/v1/dashboard/{path}", api.url());
            let answer = client().get(address).send().await.unwrap();
            let etag = header(&answer, "etag").to_owned();
            answers.push((etag, answer.text().await.unwrap()));
        }
        assert_eq!(answers[0], answers[1], "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_goes_and_nobody_notices() {
    let Some(mut street) = Street::of(2, &[], &[NOBODY_IS_HELD_BACK]).await else {
        return;
    };
    let viewer = Viewer::open(&street.front.page(), Device::DESK).await;
    viewer.until_state("live").await;
    let (answered, over) = (
        Arc::new(AtomicUsize::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let addresses = [
        street.front.page(),
        street.front.at("/dashboard/api/v1/dashboard/stats"),
        street
            .front
            .at("/dashboard/api/v1/dashboard/snapshot?range=7d"),
    ];
    let askers: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (answered, over) = (Arc::clone(&answered), Arc::clone(&over));
            let (addresses, client) = (addresses.clone(), client());
            tokio::spawn(async move {
                let mut failed = Vec::new();
                for address in addresses.iter().cycle() {
                    if over.load(Ordering::Relaxed) {
                        break;
                    }
                    if let Err(why) = read(&client, address).await {
                        failed.push(format!("{address}: {why}"));
                    }
                    answered.fetch_add(1, Ordering::Relaxed);
                }
                failed
            })
        })
        .collect();
    let more_are_answered = || async {
        let enough = answered.load(Ordering::Relaxed) + ENOUGH;
        let are = || async { answered.load(Ordering::Relaxed) >= enough };
        until("requests are answered", are).await;
    };
    more_are_answered().await;
    // Killed outright: it takes leave of nobody.
    drop(street.apis.remove(0));
    more_are_answered().await;
    over.store(true, Ordering::Relaxed);
    let mut failed = Vec::new();
    for asker in askers {
        failed.extend(asker.await.unwrap());
    }
    assert_eq!(failed, Vec::<String>::new());
    // Whoever watched goes on watching.
    let id = street.hub.call("database-mcp").await;
    viewer.until_call(id).await;
    viewer.until_state("live").await;
    viewer.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_only_one_of_many_stays_it_answers() {
    let well = || async { HttpResponse::Ok().finish() };
    let others: Vec<_> = (0..OTHERS).map(|_| Neighbour::who(well)).collect();
    let addresses: Vec<_> = others.iter().map(|other| other.address.clone()).collect();
    let Some(street) = Street::among(&addresses, 1, &[], &[]).await else {
        return;
    };
    let status = format!("{}/api/v1/status", street.apis[0].url());
    until_it_says(&status, LIVE).await;
    for other in others {
        other.leave().await;
    }
    let asked = street.front.at("/dashboard/api/v1/dashboard/stats");
    read(&client(), &asked).await.unwrap();
}

async fn until_it_says(address: &str, words: &str) {
    until(&format!("{address} says {words}"), || async {
        let answer = reqwest::get(address).await.unwrap();
        answer.text().await.unwrap().contains(words)
    })
    .await;
}

/// Asks as a browser does, and reads to the end.
async fn read(client: &reqwest::Client, address: &str) -> Result<(), String> {
    let asked = client
        .get(address)
        .header("accept-encoding", "gzip, br, zstd");
    let answer = asked.send().await.map_err(|error| format!("{error:?}"))?;
    let status = answer.status();
    let whole = answer.bytes().await;
    whole.map_err(|error| format!("cut short: {error:?}"))?;
    (status == 200)
        .then_some(())
        .ok_or_else(|| status.to_string())
}
