//! Bounds of the subscriptions and sockets that may be open, in all and for each owner. PURE but for the
//! lock.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::http::gate::caller::Caller;
use crate::http::limits::{
    BUSY_RETRY_AFTER_S, SOCKETS_MAX, SOCKETS_PER_ADDRESS_MAX, STREAMS_PER_ACCOUNT_MAX, SUBSCRIPTIONS_MAX,
};
use crate::http::refusal::{Code, Refusal};

/// Reason for which there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Full {
    /// The process has as many as it can.
    Everybody,
    /// The account or the address has as many as it may.
    Owner,
}

impl From<Full> for Refusal {
    fn from(full: Full) -> Self {
        let code = match full {
            Full::Everybody => Code::Unavailable,
            Full::Owner => Code::RateLimited,
        };
        Refusal::retry_after(code, BUSY_RETRY_AFTER_S)
    }
}

/// Owner of a stream, on whose account it counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Owner {
    Account(String),
    /// A socket that has not yet said who it is, and stays the address's.
    Address(IpAddr),
}

/// The open streams of one process. The number of owners is bounded by the number of streams.
pub(crate) struct Streams {
    subscriptions: Arc<Semaphore>,
    sockets: Arc<Semaphore>,
    by_owner: Mutex<HashMap<Owner, usize>>,
}

/// A place among the open streams; free again when dropped.
pub(crate) struct Place {
    streams: Arc<Streams>,
    owner: Owner,
    _of_all: OwnedSemaphorePermit,
}

impl Streams {
    pub(crate) fn new() -> Arc<Self> {
        let places = |most| Arc::new(Semaphore::new(most));
        let (subscriptions, sockets) = (places(SUBSCRIPTIONS_MAX), places(SOCKETS_MAX));
        Arc::new(Self { subscriptions, sockets, by_owner: Mutex::default() })
    }

    /// A place for a subscription of `caller`, if there is one.
    pub(crate) fn subscription(self: &Arc<Self>, caller: &Caller) -> Result<Place, Full> {
        let (owner, most) = match caller.subject() {
            Some(subject) => (Owner::Account(subject.to_owned()), STREAMS_PER_ACCOUNT_MAX),
            None => (Owner::Address(caller.address), SOCKETS_PER_ADDRESS_MAX),
        };
        self.take(&self.subscriptions, owner, most)
    }

    /// A place for a socket from `address`, if there is one.
    pub(crate) fn socket(self: &Arc<Self>, address: IpAddr) -> Result<Place, Full> {
        self.take(&self.sockets, Owner::Address(address), SOCKETS_PER_ADDRESS_MAX)
    }

    fn take(self: &Arc<Self>, all: &Arc<Semaphore>, owner: Owner, most: usize) -> Result<Place, Full> {
        let of_all = Arc::clone(all).try_acquire_owned().map_err(|_| Full::Everybody)?;
        let mut by_owner = self.by_owner.lock().unwrap_or_else(PoisonError::into_inner);
        let open = by_owner.entry(owner.clone()).or_insert(0);
        if *open >= most {
            return Err(Full::Owner);
        }
        *open += 1;
        Ok(Place { streams: Arc::clone(self), owner, _of_all: of_all })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut by_owner = self.streams.by_owner.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = by_owner.get_mut(&self.owner) {
            *open -= 1;
            if *open == 0 {
                by_owner.remove(&self.owner);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(streams: &Arc<Streams>, name: &str) -> Result<Place, Full> {
        streams.take(&streams.subscriptions, Owner::Account(name.to_owned()), STREAMS_PER_ACCOUNT_MAX)
    }

    #[test]
    fn an_owner_has_so_many_places_and_no_more_until_one_is_free() {
        let streams = Streams::new();
        let mut places: Vec<_> =
            (0..STREAMS_PER_ACCOUNT_MAX).map(|_| account(&streams, "a").unwrap()).collect();
        assert_eq!(account(&streams, "a").err(), Some(Full::Owner));
        assert!(account(&streams, "b").is_ok());
        places.pop();
        assert!(account(&streams, "a").is_ok());
        drop(places);
        assert!(streams.by_owner.lock().unwrap().is_empty());
    }

    #[test]
    fn two_thousand_subscribers_have_a_place_each_and_take_none_from_sockets() {
        let streams = Streams::new();
        let places: Vec<_> = (0..2_000).map(|n| account(&streams, &n.to_string()).unwrap()).collect();
        assert_eq!(account(&streams, "last").err(), Some(Full::Everybody));
        let address = |n: u8| IpAddr::from([10, 0, 0, n]);
        let sockets: Vec<_> = (0..2_000).map(|n| streams.socket(address((n / 250) as u8)).unwrap()).collect();
        assert_eq!(streams.socket(address(9)).err(), Some(Full::Everybody));
        drop((places, sockets));
        assert!(account(&streams, "last").is_ok() && streams.socket(address(9)).is_ok());
    }
}
