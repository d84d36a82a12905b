//! The sum at the end of an index, with waypoints: a new index begins as the old one did, and what
//! it begins with need not be summed again.

use sha1::{Digest, Sha1};

/// The length of a sum, and of an object's name.
pub(super) const SUM: usize = 20;
/// Bytes from one waypoint to the next.
const STRIDE: usize = 1 << 14;

/// The sum of some bytes, and of their beginning at every waypoint.
pub(super) struct Sums {
    waypoints: Vec<Sha1>,
    pub(super) whole: [u8; SUM],
}

impl Sums {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut sum = Sha1::new();
        let mut waypoints = Vec::with_capacity(bytes.len() / STRIDE + 1);
        for stretch in bytes.chunks(STRIDE) {
            waypoints.push(sum.clone());
            sum.update(stretch);
        }
        Self { waypoints, whole: sum.finalize().into() }
    }

    /// The sum up to the last waypoint in the first `same` bytes, and how many bytes that is.
    pub(super) fn until(&self, same: usize) -> (Sha1, usize) {
        let nth = (same / STRIDE).min(self.waypoints.len().saturating_sub(1));
        self.waypoints.get(nth).map_or_else(|| (Sha1::new(), 0), |sum| (sum.clone(), nth * STRIDE))
    }
}
