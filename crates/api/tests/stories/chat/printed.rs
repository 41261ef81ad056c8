//! Figures as they are printed, read back.

/// Whether what is printed is this number, as exactly as it is printed. Durations are told
/// within 1 % or 1 ms.
pub(super) fn agrees(printed: &str, number: Option<f64>) -> bool {
    let Some(number) = number else {
        return printed.trim() == "–";
    };
    let Some((told, step)) = read(printed) else {
        return false;
    };
    let is_duration = [" ms", " s", " min", " h"]
        .iter()
        .any(|unit| printed.ends_with(unit));
    let slack = if is_duration {
        (number * 0.01).max(1.0)
    } else {
        0.0
    };
    (told - number).abs() <= step / 2.0 * 1.001 + 1e-6 + slack
}

/// The number that text begins with, and the step between two such numbers.
fn read(printed: &str) -> Option<(f64, f64)> {
    let printed = printed.trim().trim_start_matches('$').replace(',', "");
    let end = printed.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let (digits, unit) = printed.split_at(end.unwrap_or(printed.len()));
    let number: f64 = digits.parse().ok()?;
    let decimals = digits
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let step = 10_f64.powi(-i32::try_from(decimals).ok()?);
    let scale = match unit.trim() {
        "s" => 1e3,
        "min" => 6e4,
        "h" => 3.6e6,
        _ => 1.0,
    };
    Some((number * scale, step * scale))
}

/// What stands in bold in the sentence that answers.
pub(super) fn bold(answer: &str) -> Vec<String> {
    let first = answer.split("\n\n").next().unwrap_or_default();
    first
        .split("**")
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// The cells of the first table.
pub(super) fn table(answer: &str) -> Vec<Vec<String>> {
    let lines = answer.lines().skip_while(|line| !line.starts_with('|'));
    let lines = lines.take_while(|line| line.starts_with('|')).skip(2);
    lines.map(cells).collect()
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim_start_matches("| ").trim_end_matches(" |");
    inner.split(" | ").map(str::to_owned).collect()
}

/// The SQL of an answer.
pub(super) fn sql(answer: &str) -> Option<String> {
    let (_, rest) = answer.split_once("```sql\n")?;
    let (sql, _) = rest.split_once("\n```")?;
    Some(sql.trim_end_matches(';').to_owned())
}
