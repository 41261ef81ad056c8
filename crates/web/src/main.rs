//! The page's entry: mounts the app.

fn main() {
    console_error_panic_hook::set_once();
    web::mount();
}
