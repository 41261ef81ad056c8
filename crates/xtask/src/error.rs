//! Why a task ends early, for people.

use crate::bench::BenchError;
use crate::dev::DevError;
use crate::dist::DistError;
use crate::fuzz::FuzzError;
use crate::split::SplitError;
use crate::test::TestError;
use crate::tidy::TidyError;

/// Any task's error.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TaskError {
    #[error(transparent)]
    Bench(#[from] BenchError),
    #[error(transparent)]
    Dev(#[from] DevError),
    #[error(transparent)]
    Dist(#[from] DistError),
    #[error(transparent)]
    Fuzz(#[from] FuzzError),
    #[error(transparent)]
    Split(#[from] SplitError),
    #[error(transparent)]
    Test(#[from] TestError),
    #[error(transparent)]
    Tidy(#[from] TidyError),
}
