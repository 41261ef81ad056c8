//! Files that the page gives.

use std::path::Path;

use chromiumoxide::cdp::browser_protocol::browser::{
    SetDownloadBehaviorBehavior, SetDownloadBehaviorParams,
};

use super::Viewer;

impl Viewer {
    /// Lets files come into this folder.
    pub async fn save_into(&self, folder: &Path) {
        let allow = SetDownloadBehaviorParams::builder()
            .behavior(SetDownloadBehaviorBehavior::Allow)
            .browser_context_id(self.context.clone())
            .download_path(folder.display().to_string());
        self.page.execute(allow.build().unwrap()).await.unwrap();
    }

    /// Waits until a file with this ending is whole in the folder: its name and what is in
    /// it. It is gone from the folder then.
    pub fn saved(&self, folder: &Path, ending: &str) -> (String, Vec<u8>) {
        let look = || {
            let mut entries = std::fs::read_dir(folder).unwrap();
            entries.find_map(|entry| {
                let path = entry.unwrap().path();
                let content = std::fs::read(&path).unwrap_or_default();
                let is_it = path.extension().is_some_and(|is| is == ending);
                (is_it && !content.is_empty()).then_some((path, content))
            })
        };
        let what = format!("a file .{ending} comes");
        let (path, content) = tokio::task::block_in_place(|| testkit::until(&what, look));
        std::fs::remove_file(&path).unwrap();
        let name = path.file_name().unwrap();
        (name.to_string_lossy().into_owned(), content)
    }
}
