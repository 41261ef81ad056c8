//! Where things are in the window.

use serde_json::Value;

use super::Viewer;

/// x and y in CSS pixels of the window.
pub type Place = (f64, f64);

impl Viewer {
    /// The middle of the first element of a CSS selector, which is waited for and brought
    /// into sight. Nobody can hit what moves: it has to stand still from one picture to the
    /// next, with nothing in front of it.
    pub async fn middle_of(&self, selector: &str) -> Place {
        let look = format!(
            "(async () => {{
                const seen = document.querySelector({});
                if (!seen) return null;
                seen.scrollIntoView({{ block: 'nearest', behavior: 'instant' }});
                const middle = () => {{
                    const {{ left, top, width, height }} = seen.getBoundingClientRect();
                    return width > 0 && [left + width / 2, top + height / 2];
                }};
                const before = middle();
                await new Promise(requestAnimationFrame);
                const now = middle();
                if (!before || !now || now.some((at, i) => at !== before[i])) return null;
                const hit = document.elementFromPoint(...now);
                return hit && (seen.contains(hit) || hit.contains(seen)) && now;
            }})()",
            Value::from(selector)
        );
        place(&self.until(&format!("{selector} is there"), &look).await)
    }

    /// A place in a chart, which is waited for and brought into sight: `of_plan` makes of
    /// its plan x and y within the canvas.
    pub async fn place_in(&self, chart: &str, of_plan: &str) -> Place {
        let look = format!(
            "(() => {{
                const canvas = document.querySelector('[data-testid=chart-{chart}] canvas');
                if (!canvas?.plan) return null;
                canvas.scrollIntoView({{ block: 'nearest', behavior: 'instant' }});
                const {{ left, top }} = canvas.getBoundingClientRect();
                const [x, y] = ({of_plan})(JSON.parse(canvas.plan));
                return [left + x, top + y];
            }})()"
        );
        place(&self.until(&format!("{chart} is drawn"), &look).await)
    }
}

fn place(value: &Value) -> Place {
    let [x, y] = [0, 1].map(|i| value.get(i).and_then(Value::as_f64).unwrap());
    (x, y)
}

/// So many places on the straight way from one to another, the last one included.
pub(super) fn way(from: Place, to: Place, steps: u16) -> impl Iterator<Item = Place> {
    (1..=steps).map(move |step| {
        let part = f64::from(step) / f64::from(steps);
        (
            from.0 + (to.0 - from.0) * part,
            from.1 + (to.1 - from.1) * part,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_ends_where_it_leads() {
        let places: Vec<Place> = way((0.0, 10.0), (4.0, 2.0), 4).collect();
        assert_eq!(places, [(1.0, 8.0), (2.0, 6.0), (3.0, 4.0), (4.0, 2.0)]);
    }
}
