//! Everything that can be done, found by typing.

use std::rc::Rc;

use leptos::prelude::*;

use super::overlay::Overlay;
use super::picker::{Choice, picker};
use super::range::RANGES;
use crate::browser::focus;
use crate::browser::theme::{Choice as Themes, Theme};
use crate::charts::export::Export;
use crate::later::Wanted;
use crate::state::{Look, Page, Part, Span};

/// What the API calls each chart, and people do.
const CHARTS: [(&str, &str); 4] = [
    ("queries", "queries"),
    ("cost", "cost"),
    ("response-times", "response times"),
    ("errors", "errors"),
];

/// The palette.
pub(crate) fn palette() -> AnyView {
    let commands = Commands {
        overlay: expect_context::<Overlay>(),
        look: expect_context::<Look>(),
        page: expect_context::<Page>(),
    };
    let all = untrack(|| {
        let mut all = commands.places();
        all.extend(commands.ranges());
        all.extend(commands.calls());
        all.extend(commands.charts());
        all.extend(commands.settings());
        all
    });
    picker("What would you like to do?", "palette", all)
}

/// Where commands come from.
#[derive(Clone, Copy)]
struct Commands {
    overlay: Overlay,
    look: Look,
    page: Page,
}

impl Commands {
    fn command(self, label: String, note: &'static str, act: impl Fn() + 'static) -> Choice {
        let overlay = self.overlay;
        Choice {
            label,
            note: Rc::new(move || note.to_owned()),
            current: false,
            act: Rc::new(move || {
                // First, so that the focus is where the command finds or leaves it.
                overlay.close();
                act();
            }),
        }
    }

    fn places(self) -> Vec<Choice> {
        let chart = |(name, title): (&'static str, &str)| {
            self.command(format!("Go to {title}"), "chart", move || {
                focus::reach(&format!("[data-testid=chart-{name}]"));
            })
        };
        let mut places: Vec<Choice> = CHARTS.map(chart).into();
        let activity = self.command("Go to activity".to_owned(), "feed", || {
            focus::reach("#activity");
        });
        let top = self.command("Go to the top".to_owned(), "page", || {
            focus::reach("#figures");
        });
        places.extend([activity, top]);
        places
    }

    fn ranges(self) -> Vec<Choice> {
        let look = self.look;
        let now = look.span();
        let named = |(range, _, title)| Choice {
            current: now == Span::Named(range),
            ..self.command(format!("Range: {title}"), "time", move || {
                look.choose(range);
            })
        };
        let today = (shared_types::Range::Today, "", "today");
        let mut ranges: Vec<Choice> = RANGES.into_iter().chain([today]).map(named).collect();
        let overlay = self.overlay;
        ranges.push(self.command("Range: custom…".to_owned(), "time", move || {
            overlay.open(Wanted::Span);
        }));
        ranges
    }

    fn calls(self) -> Vec<Choice> {
        let look = self.look;
        let mut calls = vec![
            self.command("Show failed calls only".to_owned(), "feed", move || {
                look.filter_calls(&[("status", Some("errors"))]);
            }),
            self.command("Show all calls".to_owned(), "feed", move || {
                look.filter_calls(&[]);
            }),
            self.command("Search in the calls".to_owned(), "/", || {
                focus::give("feed-search");
            }),
        ];
        let names = self.page.read(Part::Errors, |s| {
            let names = s.errors.data.iter().map(|bar| bar.mcp.clone());
            names.collect::<Vec<_>>()
        });
        let of = |name: String| {
            let label = format!("Show calls of {name}");
            self.command(label, "feed", move || {
                look.filter_calls(&[("mcp", Some(&name))]);
            })
        };
        calls.extend(names.unwrap_or_default().into_iter().map(of));
        calls
    }

    fn charts(self) -> Vec<Choice> {
        let look = self.look;
        let mut all = Vec::new();
        for (name, title) in CHARTS {
            let shown = if look.has("table", name) {
                "chart"
            } else {
                "table"
            };
            let label = format!("Show {title} as a {shown}");
            all.push(self.command(label, "chart", move || look.toggle("table", name)));
            let export = Export::of(name);
            let label = format!("Save {title} as CSV");
            all.push(self.command(label, "export", move || export.save_figures()));
            if export.has_picture() {
                let label = format!("Save {title} as PNG");
                all.push(self.command(label, "export", move || export.save_picture()));
            }
        }
        all
    }

    fn settings(self) -> Vec<Choice> {
        let (overlay, page) = (self.overlay, self.page);
        let chat = self.command("Open chat".to_owned(), "c", move || overlay.chat().open());
        let theme = expect_context::<Theme>();
        let choice = |choice: Themes| Choice {
            current: theme.choice() == choice,
            ..self.command(format!("Theme: {}", choice.name()), "page", move || {
                theme.choose(choice);
            })
        };
        let mut settings: Vec<Choice> = [Themes::Dark, Themes::Light, Themes::System]
            .map(choice)
            .into();
        let you = self.page.you();
        if you.may_chat() {
            settings.push(chat);
        }
        if you.name().is_some() {
            settings.push(self.command(
                "Account and signing out…".to_owned(),
                "page",
                move || {
                    overlay.open(Wanted::Account);
                },
            ));
        }
        settings.push(self.command("Time zone…".to_owned(), "page", move || {
            overlay.open(Wanted::Zones);
        }));
        settings.push(
            self.command("Read the figures anew".to_owned(), "page", move || {
                page.retry();
            }),
        );
        settings.push(self.command("Shortcuts".to_owned(), "?", move || {
            overlay.open(Wanted::Shortcuts);
        }));
        settings
    }
}
