//! A chart's figures as a table, in the chart's place.

use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

use super::model::frame::Words;
use super::model::table::{Cell, Table};
use crate::browser::intl::Locale;
use crate::state::{Page, Part, Zoom};
use crate::view::{alone, dynamic, words};

/// Where figures come from: what the chart of this name shows now.
#[derive(Clone, Copy)]
pub(super) struct Source {
    name: &'static str,
    page: Page,
    zoom: Zoom,
}

impl Source {
    /// The figures of the chart that the API calls so.
    pub(super) fn of(name: &'static str) -> Source {
        Source {
            name,
            page: expect_context::<Page>(),
            zoom: expect_context::<Zoom>(),
        }
    }

    /// The figures, again whenever they change.
    pub(super) fn read(self) -> Option<Table> {
        match self.name {
            "queries" => Some(self.closer(self.zoom.queries(Table::queries)?)),
            "response-times" => Some(self.closer(self.zoom.response_times(Table::response_times)?)),
            "cost" => self.page.read(Part::Cost, |s| Table::cost(&s.cost)),
            _ => self.page.read(Part::Errors, |s| Table::errors(&s.errors)),
        }
    }

    /// Only what a closer look shows, while there is one.
    fn closer(self, table: Table) -> Table {
        match self.zoom.view() {
            Some(view) => table.between(view.from, view.to),
            None => table,
        }
    }
}

/// The table.
pub(crate) fn table(name: &'static str) -> AnyView {
    let source = Source::of(name);
    let locale = StoredValue::new_local(expect_context::<Locale>());
    let head = dynamic(move || {
        let columns = source.read().map(|table| table.columns).unwrap_or_default();
        let title = |column: super::model::table::Column| {
            view! { <th scope="col" data-name=column.name>{column.title}</th> }
        };
        columns.into_iter().map(title).collect_view().into_any()
    });
    // What happened last is what one looks for: it stands on top.
    let rows = move || {
        let mut rows = source.read().map(|table| table.rows).unwrap_or_default();
        if matches!(rows.first().and_then(|row| row.first()), Some(Cell::At(_))) {
            rows.reverse();
        }
        rows
    };
    let total = dynamic(move || match source.read().and_then(|table| table.total) {
        Some(total) => locale
            .with_value(|locale| view! { <tfoot><tr>{cells(&total, locale)}</tr></tfoot> })
            .into_any(),
        None => ().into_any(),
    });
    let caption = words(move || {
        let (zone, count) = (locale.with_value(Locale::zone), rows().len());
        match name {
            "queries" => format!("Queries over time, {count} rows, times in {zone}"),
            "response-times" => format!("Response times over time, {count} rows, times in {zone}"),
            "cost" => format!("Cost by MCP server, {count} rows"),
            _ => format!("Errors by MCP server, {count} rows"),
        }
    });
    let key = |row: &Vec<Cell>| -> String { row.iter().map(|cell| cell.plain() + "\n").collect() };
    let row = move |_, row: Vec<Cell>| {
        let told = |locale: &_| view! { <tr>{cells(&row, locale)}</tr> }.into_any();
        (drop, alone(|| locale.with_value(told)))
    };
    view! {
        <div class="table-scroller" tabindex="0" role="region" aria-label=caption>
            <table class="figures">
                <caption class="unseen">{caption}</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>
                    {move || keyed(rows(), key, row)}
                </tbody>
                {total}
            </table>
        </div>
    }
    .into_any()
}

/// A row: what it is about, then its figures, each with what machines read.
fn cells(row: &[Cell], locale: &Locale) -> AnyView {
    let cell = |(index, cell): (usize, &Cell)| {
        let (words, plain) = (cell.words(locale as &dyn Words), cell.plain());
        if index == 0 {
            view! { <th scope="row" data-value=plain>{words}</th> }.into_any()
        } else {
            view! { <td data-value=plain>{words}</td> }.into_any()
        }
    };
    row.iter().enumerate().map(cell).collect_view().into_any()
}
