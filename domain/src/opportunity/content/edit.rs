//! PURE. Changing what an opportunity says: each given value is looked at, everything at fault is named at once.

use entity::{
    BudgetState, Currency, CustomerId, Day, JsonText, OfferingId, OpportunityField, PresalesActivity,
    PurchasePhase, SupportKind, opportunity,
};
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Refusal};
use crate::kernel::exact::AMOUNT_LIMIT;
use crate::opportunity::membership::offering::{OTHER, is_tag, tag, tag_rule};
use crate::programme::company::{formats, names};

/// Longest short text, in characters: a line of a form.
pub const LINE_LIMIT: usize = 200;
/// Longest text, in characters: a page.
pub const TEXT_LIMIT: usize = 4_000;
/// Most services wanted.
pub const SERVICES_LIMIT: usize = 30;
/// Micros in one unit.
const UNIT: i64 = 1_000_000;

/// Change of one value: an input that is not given differs from one that is null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Patch<T> {
    /// The value stays.
    #[default]
    Keep,
    /// The value is taken away.
    Erase,
    /// It becomes this.
    Set(T),
}

/// Values to be changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[allow(missing_docs)] // The columns of the row.
pub struct Changes {
    pub name: Patch<String>,
    pub description: Patch<String>,
    pub customer_name: Patch<String>,
    pub credit_code: Patch<String>,
    pub customer_id: Patch<CustomerId>,
    pub province: Patch<String>,
    pub city: Patch<String>,
    pub industry: Patch<String>,
    pub contact_name: Patch<String>,
    pub contact_title: Patch<String>,
    pub contact_phone: Patch<String>,
    pub contact_email: Patch<String>,
    pub presales_activities: Patch<Vec<PresalesActivity>>,
    pub offering_id: Patch<OfferingId>,
    pub services: Patch<Vec<String>>,
    pub support: Patch<SupportKind>,
    pub budget_state: Patch<BudgetState>,
    pub budget_amount: Patch<i64>,
    pub decision_maker: Patch<String>,
    pub need: Patch<String>,
    pub purchase_phase: Patch<PurchasePhase>,
    pub expected_amount: Patch<i64>,
    pub currency: Patch<Currency>,
    pub expected_sign_on: Patch<Day>,
    pub expected_delivery_on: Patch<Day>,
    pub customer_consent: Patch<bool>,
    pub demand_tag: Patch<String>,
}

/// Outcome of changing a row: the fields that were given, and the faults.
#[derive(Debug, Default)]
pub struct Edited {
    /// Fields that were given, in the order of the fields.
    pub fields: Vec<OpportunityField>,
    /// Everything at fault.
    pub refusals: Vec<Refusal>,
}

impl Edited {
    fn refuse(&mut self, path: &str, detail: impl Into<String>) {
        self.refusals.push(Refusal::at(path, Code::Invalid, detail));
    }

    fn touched<T>(&mut self, field: OpportunityField, patch: &Patch<T>) -> bool {
        let given = !matches!(patch, Patch::Keep);
        if given && !self.fields.contains(&field) {
            self.fields.push(field);
        }
        given
    }

    /// A text; erased it is empty.
    fn text(
        &mut self,
        field: OpportunityField,
        path: &str,
        limit: usize,
        target: &mut String,
        patch: &Patch<String>,
    ) {
        if !self.touched(field, patch) {
            return;
        }
        let text = if let Patch::Set(text) = patch { text.trim() } else { "" };
        let odd =
            |c: char| formats::is_unseen(c) && !(limit == TEXT_LIMIT && matches!(c, '\n' | '\t' | '\r'));
        if text.chars().count() > limit || text.chars().any(odd) {
            self.refuse(path, format!("at most {limit} characters, all of them visible"));
        } else {
            text.clone_into(target);
        }
    }

    fn optional<T: Clone>(&mut self, field: OpportunityField, target: &mut Option<T>, patch: &Patch<T>) {
        if self.touched(field, patch) {
            *target = if let Patch::Set(value) = patch { Some(value.clone()) } else { None };
        }
    }

    fn amount(&mut self, field: OpportunityField, path: &str, target: &mut Option<i64>, patch: &Patch<i64>) {
        self.optional(field, target, patch);
        if let Patch::Set(amount) = patch
            && !(0..=AMOUNT_LIMIT * UNIT).contains(amount)
        {
            self.refuse(path, format!("an amount from 0 to {AMOUNT_LIMIT}"));
        }
    }
}

/// Changes a row as far as the values are right; nothing is to be saved if anything is at fault. Who may change what
/// where is not asked here.
#[must_use]
pub fn apply(row: &mut opportunity::Model, changes: &Changes) -> Edited {
    use OpportunityField as F;
    let mut done = Edited::default();
    done.text(F::Name, "name", LINE_LIMIT, &mut row.name, &changes.name);
    if row.name.is_empty() && !done.refusals.iter().any(|refusal| refusal.path == ["name"]) {
        done.refuse("name", format!("a name has 1 to {LINE_LIMIT} characters"));
    }
    done.text(F::Description, "description", TEXT_LIMIT, &mut row.description, &changes.description);
    customer(row, changes, &mut done);
    contact(row, changes, &mut done);
    lists(row, changes, &mut done);
    done.optional(F::Offering, &mut row.offering_id, &changes.offering_id);
    done.optional(F::Support, &mut row.support, &changes.support);
    done.optional(F::Budget, &mut row.budget_state, &changes.budget_state);
    done.amount(F::Budget, "budgetAmount", &mut row.budget_amount, &changes.budget_amount);
    done.text(
        F::DecisionMaker,
        "decisionMaker",
        LINE_LIMIT,
        &mut row.decision_maker,
        &changes.decision_maker,
    );
    done.text(F::Need, "need", TEXT_LIMIT, &mut row.need, &changes.need);
    done.optional(F::PurchasePhase, &mut row.purchase_phase, &changes.purchase_phase);
    done.amount(F::ExpectedAmount, "expectedAmount", &mut row.expected_amount, &changes.expected_amount);
    if done.touched(F::ExpectedAmount, &changes.currency) {
        match changes.currency {
            Patch::Set(currency) => row.currency = currency,
            Patch::Keep | Patch::Erase => done.refuse("currencyCode", "amounts have a currency"),
        }
    }
    done.optional(F::ExpectedSignOn, &mut row.expected_sign_on, &changes.expected_sign_on);
    done.optional(F::ExpectedDeliveryOn, &mut row.expected_delivery_on, &changes.expected_delivery_on);
    if done.touched(F::CustomerConsent, &changes.customer_consent) {
        row.customer_consent = matches!(changes.customer_consent, Patch::Set(true));
    }
    if done.touched(F::DemandTag, &changes.demand_tag) {
        match &changes.demand_tag {
            Patch::Set(text) if is_tag(text) => row.demand_tag = tag(text),
            Patch::Set(_) => done.refuse("demandTag", tag_rule()),
            Patch::Keep | Patch::Erase => OTHER.clone_into(&mut row.demand_tag),
        }
    }
    together(row, &mut done);
    done.fields.sort_unstable();
    done
}

fn customer(row: &mut opportunity::Model, changes: &Changes, done: &mut Edited) {
    use OpportunityField::Customer;
    done.text(Customer, "customerName", LINE_LIMIT, &mut row.customer_name, &changes.customer_name);
    row.name_key = names::key(&row.customer_name);
    done.optional(Customer, &mut row.credit_code, &changes.credit_code);
    row.credit_code = row.credit_code.take().map(|code| formats::credit_code(&code));
    if row.credit_code.as_deref().is_some_and(|code| !formats::is_credit_code(code)) {
        done.refuse("creditCode", formats::CREDIT_CODE_RULE);
    }
    done.optional(Customer, &mut row.customer_id, &changes.customer_id);
    done.text(Customer, "province", LINE_LIMIT, &mut row.province, &changes.province);
    done.text(Customer, "city", LINE_LIMIT, &mut row.city, &changes.city);
    done.text(Customer, "industry", LINE_LIMIT, &mut row.industry, &changes.industry);
}

fn contact(row: &mut opportunity::Model, changes: &Changes, done: &mut Edited) {
    use OpportunityField::Contact;
    done.text(Contact, "contactName", LINE_LIMIT, &mut row.contact_name, &changes.contact_name);
    done.text(Contact, "contactTitle", LINE_LIMIT, &mut row.contact_title, &changes.contact_title);
    done.text(Contact, "contactPhone", LINE_LIMIT, &mut row.contact_phone, &changes.contact_phone);
    done.text(Contact, "contactEmail", LINE_LIMIT, &mut row.contact_email, &changes.contact_email);
    // A mask that was read is nobody's name, and writing it back would lose the person.
    for (path, patch) in [("contactName", &changes.contact_name), ("contactEmail", &changes.contact_email)] {
        if let Patch::Set(text) = patch
            && formats::is_mask(text)
        {
            done.refuse(path, "written out; what is left out stays");
        }
    }
    if let Patch::Set(phone) = &changes.contact_phone
        && !phone.trim().is_empty()
        && !formats::is_phone(phone.trim())
    {
        done.refuse("contactPhone", "6 to 20 digits, a plus before them, spaces and hyphens between");
    }
    if let Patch::Set(email) = &changes.contact_email
        && !email.trim().is_empty()
        && !formats::is_email(email.trim())
    {
        done.refuse("contactEmail", "an address such as name@example.com");
    }
}

fn lists(row: &mut opportunity::Model, changes: &Changes, done: &mut Edited) {
    if done.touched(OpportunityField::PresalesActivities, &changes.presales_activities) {
        let mut activities =
            if let Patch::Set(list) = &changes.presales_activities { list.clone() } else { vec![] };
        activities.sort_unstable();
        activities.dedup();
        row.presales_activities = JsonText(activities);
    }
    if done.touched(OpportunityField::Services, &changes.services) {
        let services = if let Patch::Set(list) = &changes.services { list.as_slice() } else { &[] };
        let wrong = |text: &String| {
            let length = text.trim().chars().count();
            length == 0 || length > LINE_LIMIT || text.chars().any(char::is_control)
        };
        if services.len() > SERVICES_LIMIT || services.iter().any(wrong) {
            done.refuse(
                "services",
                format!("at most {SERVICES_LIMIT} names of 1 to {LINE_LIMIT} characters"),
            );
        } else {
            row.services = JsonText(services.iter().map(|text| text.trim().to_owned()).collect());
        }
    }
}

/// Refuses values that do not fit each other.
fn together(row: &opportunity::Model, done: &mut Edited) {
    let digits = row.currency.minor_digits().min(6);
    let step = UNIT / 10_i64.pow(digits);
    for (path, amount) in [("budgetAmount", row.budget_amount), ("expectedAmount", row.expected_amount)] {
        if amount.is_some_and(|amount| amount % step != 0) {
            done.refuse(path, format!("an amount of {} has at most {digits} decimals", row.currency));
        }
    }
    if let (Some(sign), Some(delivery)) = (row.expected_sign_on, row.expected_delivery_on)
        && delivery < sign
    {
        done.refuse("expectedDeliveryOn", format!("not before {sign}, when it is signed"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::lang::Lang;
    use crate::opportunity::content::draft::blank;
    use entity::{OpportunityId, Timestamp};

    #[test]
    fn whatever_is_wrong_is_said_in_chinese_too() {
        let long = || Patch::Set("x".repeat(TEXT_LIMIT + 1));
        let wrong = Changes {
            name: Patch::Set(" ".into()),
            description: long(),
            customer_name: long(),
            credit_code: Patch::Set("1".into()),
            contact_phone: Patch::Set("1".into()),
            contact_email: Patch::Set("x".into()),
            services: Patch::Set(vec![String::new()]),
            budget_amount: Patch::Set(-1),
            expected_amount: Patch::Set(1),
            currency: Patch::Erase,
            expected_sign_on: Patch::Set(Day(20_270_301)),
            expected_delivery_on: Patch::Set(Day(20_270_228)),
            demand_tag: Patch::Set("1".into()),
            ..Changes::default()
        };
        let mut row = blank(OpportunityId(1), Timestamp(0), "test", None).unwrap();
        let refusals = apply(&mut row, &wrong).refusals;
        assert!(refusals.len() >= 12, "{refusals:?}");
        for refusal in refusals {
            let told = refusal.code.message(Lang::ZhCn, &refusal.detail);
            assert_ne!(told, format!("参数无效：{}", refusal.detail), "{:?}", refusal.path);
        }
    }
}
