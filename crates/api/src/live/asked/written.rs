//! SQL that people can run for what they were told. The store writes it.

use grammar::{Ascending, By, Figures};

use super::filter::all;
use super::window::Stretch;
use crate::live::Shared;
use crate::store::{Filter, Speaking, Top, WrittenSums};

pub(super) fn sums(shared: &Shared, asked: &Figures, stretch: &Stretch) -> Option<String> {
    let filter = all(&asked.filter, stretch.span);
    let buckets = stretch.buckets.iter();
    let buckets: Vec<(i64, i64)> = buckets.map(|bucket| (bucket.from, bucket.to)).collect();
    speaking(shared)?.write_sums(&WrittenSums {
        filter: &filter,
        measures: &asked.measures,
        by: asked.by,
        buckets: if asked.by == Some(By::Time) {
            &buckets
        } else {
            &[]
        },
        order: asked.order.by,
        ascending: asked.order.ascending == Ascending::Yes,
        limit: asked.order.limit,
        price: shared.options.price,
    })
}

pub(super) fn calls(
    shared: &Shared,
    filter: &Filter,
    top: Option<Top>,
    limit: u16,
) -> Option<String> {
    let price = shared.options.price;
    Some(speaking(shared)?.write_calls(filter, top, limit, price))
}

pub(super) fn call(shared: &Shared, id: i64) -> Option<String> {
    Some(speaking(shared)?.write_call(id, shared.options.price))
}

pub(super) fn servers(shared: &Shared, only: Option<&str>) -> Option<String> {
    Some(speaking(shared)?.write_servers(only))
}

pub(super) fn users(shared: &Shared) -> Option<String> {
    speaking(shared)?.write_users()
}

fn speaking(shared: &Shared) -> Option<Speaking> {
    shared.speaking.read().clone()
}
