//! Indexes by what is really asked: items by what they pay, events of a partner, frozen parts by when they are released.
//!
//! An index of the same name is dropped and made in one statement: another connection of SQLite would still know the old.

use crate::dialect::change;

change!(
    "m0019_indexes",
    "
DROP INDEX one_live_request_per_source;
CREATE UNIQUE INDEX one_live_request_per_source ON payment_request_item (source, source_id) WHERE live;;
CREATE INDEX payment_request_item_by_source ON payment_request_item (source, source_id);;
CREATE INDEX event_by_partner ON event (partner_id, at, id) WHERE partner_id IS NOT NULL;;
DROP INDEX incentive_freeze_waiting;;
CREATE INDEX incentive_freeze_to_release ON incentive_freeze (release_at) WHERE state = 'FROZEN';;
",
    "
DROP INDEX incentive_freeze_to_release;;
CREATE INDEX incentive_freeze_waiting ON incentive_freeze (customer_id, month) WHERE state = 'FROZEN';;
DROP INDEX event_by_partner;;
DROP INDEX payment_request_item_by_source;;
DROP INDEX one_live_request_per_source;
@sqlite CREATE UNIQUE INDEX one_live_request_per_source ON payment_request_item (source, source_id) WHERE live = 1;;
@postgres CREATE UNIQUE INDEX one_live_request_per_source ON payment_request_item (source, source_id) WHERE live;;
"
);
