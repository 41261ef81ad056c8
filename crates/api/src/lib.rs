//! The dashboard's HTTP interface: follows a hub's audit log and serves its figures.
//!
//! Data flows one way: [`store`] (rows) to [`live`] (figures) to [`routes`] (answers).

pub mod clock;
pub mod live;
pub mod store;
