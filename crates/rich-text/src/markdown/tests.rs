use super::*;

fn html(text: &str) -> String {
    render(text, 7, &mut |_, _| None).join("\n")
}

#[test]
fn each_outermost_element_is_a_block() {
    let blocks = render("a *b*\n\n- c\n- d\n\n---\n\n> e\n", 1, &mut |_, _| None);
    assert_eq!(
        blocks,
        [
            "<p dir=\"auto\">a <em>b</em></p>",
            "<ul><li dir=\"auto\">c</li><li dir=\"auto\">d</li></ul>",
            "<hr>",
            "<blockquote><p dir=\"auto\">e</p></blockquote>"
        ]
    );
}

#[test]
fn headings_begin_below_those_of_the_page() {
    assert_eq!(html("# a"), "<h3 dir=\"auto\">a</h3>");
    assert_eq!(html("###### a"), "<h6 dir=\"auto\">a</h6>");
}

#[test]
fn tables_scroll_on_their_own() {
    assert_eq!(
        html("| a | b |\n|---|--:|\n| c | d |\n"),
        "<div class=\"table-scroller\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\
         <thead><tr><th scope=\"col\" dir=\"auto\">a</th>\
         <th scope=\"col\" dir=\"auto\" class=\"right\">b</th></tr></thead>\
         <tbody><tr><td dir=\"auto\">c</td><td dir=\"auto\" class=\"right\">d</td></tr></tbody>\
         </table></div>"
    );
}

#[test]
fn tasks_are_boxes_that_nobody_can_tick() {
    let tasks = html("- [x] a\n- [ ] b\n- ~~c~~");
    assert!(tasks.contains("<input type=\"checkbox\" disabled checked aria-label=\"done\"> a"));
    assert!(tasks.contains("<input type=\"checkbox\" disabled aria-label=\"to do\"> b"));
    assert!(tasks.contains("<del>c</del>"));
}

#[test]
fn footnotes_of_two_answers_do_not_meet() {
    let notes = html("a[^x] b[^x]\n\n[^x]: c\n");
    assert!(notes.contains("<a id=\"a7-ref-1\" href=\"#a7-note-1\""));
    assert_eq!(notes.matches("id=\"a7-ref-1\"").count(), 1);
    assert!(notes.contains("<li id=\"a7-note-1\" dir=\"auto\"><p dir=\"auto\">c</p>"));
}

#[test]
fn code_says_in_which_language_it_is() {
    assert_eq!(
        html("```rust ignore\na < b\n```"),
        "<figure class=\"code\" data-language=\"rust\"><pre dir=\"ltr\" tabindex=\"0\"><code>a &lt; b\n</code></pre></figure>"
    );
    assert!(html("```<b>\na\n```").contains("data-language=\"\""));
}

#[test]
fn links_lead_out_in_a_tab_of_their_own_and_inside_stay() {
    assert_eq!(
        html("[a](https://b.example \"c\")"),
        "<p dir=\"auto\"><a href=\"https://b.example\" title=\"c\" target=\"_blank\" rel=\"noopener noreferrer\">a</a></p>"
    );
    assert_eq!(
        html("[a](?range=7d&b=c)"),
        "<p dir=\"auto\"><a href=\"?range=7d&amp;b=c\">a</a></p>"
    );
    assert_eq!(html("[a](javascript:b)"), "<p dir=\"auto\">a</p>");
    assert!(html("<a@b.example>").contains("href=\"mailto:a@b.example\""));
}

#[test]
fn pictures_are_links() {
    let picture = html("![a *b*](https://c.example/d.png)");
    assert!(picture.contains("class=\"picture\" target=\"_blank\""));
    assert!(picture.contains(">a <em>b</em></a>"));
    assert!(html("![](https://c.example/d.png)").contains(">picture</a>"));
    let nested = html("[![a](https://b.example)](https://c.example)");
    assert_eq!(nested.matches("<a ").count(), 1);
    assert!(!nested.contains("<img"));
}

#[test]
fn raw_html_is_text() {
    assert_eq!(
        html("a <b>c</b>"),
        "<p dir=\"auto\">a &lt;b&gt;c&lt;/b&gt;</p>"
    );
    assert!(
        html("<script>\na\n</script>").starts_with("<p class=\"raw\" dir=\"auto\">&lt;script&gt;")
    );
}

#[test]
fn elements_lie_no_deeper_than_a_few_dozen() {
    for text in [
        format!("{}a", ">".repeat(10_000)),
        format!("{}a", "- ".repeat(10_000)),
        format!("{}a{}", "*b ".repeat(10_000), "*".repeat(10_000)),
        format!(
            "{}a{}",
            "[".repeat(10_000),
            "](https://b.example)".repeat(10_000)
        ),
    ] {
        let html = html(&text);
        assert!(html.contains('a'));
        let (mut depth, mut deepest) = (0_i32, 0);
        for tag in html.split('<').skip(1) {
            depth += if tag.starts_with('/') { -1 } else { 1 };
            deepest = deepest.max(depth);
        }
        assert_eq!(depth, 0);
        assert!(deepest <= 40, "{deepest}");
    }
}

#[test]
fn a_small_text_does_not_become_a_huge_one() {
    let wide = format!(
        "{0}\n{1}\n{2}",
        "|a".repeat(5_000),
        "|-".repeat(5_000),
        "|b\n".repeat(50_000)
    );
    let blocks = render(&wide, 1, &mut |_, _| None);
    let bytes: usize = blocks.iter().map(String::len).sum();
    assert!(bytes < 2 * crate::limits::HTML, "{bytes}");
}
