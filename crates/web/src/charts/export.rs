//! What a chart can be saved as: its figures, or the picture.

use leptos::prelude::*;

use super::canvas::picture::{self, Entry, Picture};
use super::model::table::Table;
use super::table::Source;
use crate::browser::clock::now_ms;
use crate::browser::intl::Locale;
use crate::browser::{download, focus, listen};
use crate::state::{Look, Page};
use crate::view::clicked;

/// Everything that saving a chart takes, cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Export {
    name: &'static str,
    source: Source,
    page: Page,
    look: Look,
    locale: StoredValue<Locale>,
}

impl Export {
    /// Of the chart that the API calls so. Belongs where the page's contexts are.
    pub(crate) fn of(name: &'static str) -> Export {
        Export {
            name,
            source: Source::of(name),
            page: expect_context::<Page>(),
            look: expect_context::<Look>(),
            locale: StoredValue::new(expect_context::<Locale>()),
        }
    }

    /// Whether there is a picture to save: a table shows none.
    pub(crate) fn has_picture(self) -> bool {
        picture::is_shown(self.name)
    }

    /// Saves the figures.
    pub(crate) fn save_figures(self) {
        let Some(table) = untrack(|| self.source.read()) else {
            return;
        };
        let text = self.locale.with_value(|locale| table.csv(locale));
        let name = table.file_name(now_ms(), "csv");
        download::text(&name, "text/csv;charset=utf-8", &text);
    }

    /// Saves the picture, with title and legend, as it is on the screen.
    pub(crate) fn save_picture(self) {
        let Some(table) = untrack(|| self.source.read()) else {
            return;
        };
        let name = table.file_name(now_ms(), "png");
        let picture = Picture {
            chart: self.name,
            legend: untrack(|| self.legend(&table)),
        };
        picture::save(&picture, name);
    }

    fn legend(self, table: &Table) -> Vec<Entry> {
        let entry = |token: &str, name: &str| Entry {
            token: token.to_owned(),
            name: name.to_owned(),
        };
        match self.name {
            "response-times" => [("--green", "p50"), ("--blue", "p95"), ("--orange", "p99")]
                .into_iter()
                .filter(|(_, name)| !self.look.has("hide", name))
                .map(|(token, name)| entry(token, name))
                .collect(),
            "errors" => vec![entry("--green", "ok"), entry("--red", "errors")],
            "cost" => self.locale.with_value(|locale| {
                let servers = table.rows.iter().filter_map(|row| {
                    let (name, cost) = (row.first()?.plain(), row.get(1)?.words(locale));
                    let shown = !self.look.has("hide-mcp", &name);
                    let hue = self.page.with_colours(|colours| colours.get(&name));
                    let token = format!("--{}", hue.class());
                    shown.then(|| entry(&token, &format!("{name} {cost}")))
                });
                servers.collect()
            }),
            _ => Vec::new(),
        }
    }
}

/// The menu, until it is switched off.
pub(crate) fn menu(name: &'static str, open: RwSignal<bool>) -> AnyView {
    let export = Export::of(name);
    let has_picture = export.has_picture();
    let first = NodeRef::<leptos::html::Button>::new();
    let second = NodeRef::<leptos::html::Button>::new();
    Effect::new(move |_| {
        let to_be = if has_picture { first } else { second };
        if let Some(item) = to_be.get() {
            let _ = item.focus();
        }
    });
    listen::outside(".menu-place", move || open.set(false));
    let item = |at: NodeRef<leptos::html::Button>,
                kind: &'static str,
                title: &'static str,
                note: &'static str,
                act: fn(Export)| {
        let disabled = kind == "png" && !has_picture;
        view! {
            <button
                node_ref=at
                id=item_id(name, kind)
                role="menuitem"
                tabindex="-1"
                data-testid=format!("export-{kind}")
                disabled=disabled
                on:click=clicked(move || {
                    focus::give(&format!("export-{name}"));
                    open.set(false);
                    act(export);
                })
            >
                <b>{title}</b>
                <small>{if disabled { "show the chart first" } else { note }}</small>
            </button>
        }
    };
    let pressed = move |event: leptos::ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" | "Home" | "End" if has_picture => {
                let at_first = focus::is_at(&item_id(name, "png"));
                let to_last = event.key() == "End" || (event.key() != "Home" && at_first);
                focus::give(&item_id(name, if to_last { "csv" } else { "png" }));
            }
            "Escape" | "Tab" => {
                focus::give(&format!("export-{name}"));
                open.set(false);
            }
            _ => return,
        }
        if event.key() != "Tab" {
            event.prevent_default();
        }
    };
    view! {
        <div class="menu" role="menu" aria-label="Save as" data-testid="export-menu" on:keydown=pressed>
            {item(first, "png", "PNG", "the picture", Export::save_picture)}
            {item(second, "csv", "CSV", "the figures", Export::save_figures)}
        </div>
    }
    .into_any()
}

fn item_id(name: &str, kind: &str) -> String {
    format!("export-{name}-{kind}")
}
