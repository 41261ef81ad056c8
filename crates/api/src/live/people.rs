//! Who is who among the hub's users.

use super::calls::begin;
use super::{Live, LiveError};

impl Live {
    /// The number of the hub's user with this e-mail address; none when nobody has it, or users
    /// cannot be read.
    ///
    /// # Errors
    /// When the database's schema is not known yet, or it does not answer.
    pub async fn user_with(&self, email: &str) -> Result<Option<i64>, LiveError> {
        let mut reading = begin(&self.shared).await?;
        let found = reading.user_with(email).await?;
        reading.close().await?;
        Ok(found)
    }

    /// The e-mail address of the hub's user with this number, as [`Live::user_with`].
    ///
    /// # Errors
    /// When the database's schema is not known yet, or it does not answer.
    pub async fn address_of(&self, id: i64) -> Result<Option<String>, LiveError> {
        let mut reading = begin(&self.shared).await?;
        let found = reading.emails(&[id]).await?;
        reading.close().await?;
        Ok(found.into_iter().find_map(|user| user.email))
    }
}
