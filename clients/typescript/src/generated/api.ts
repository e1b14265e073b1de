import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A whole number that may pass 2³¹, as a string, e.g. "5000000000". */
  BigInt: { input: string; output: string; }
  /** An ISO 4217 currency code in use, e.g. "CNY". */
  CurrencyCode: { input: string; output: string; }
  /** A calendar day from 2000 to 2099, e.g. "2026-10-01". */
  Date: { input: string; output: string; }
  /**
   * An instant in RFC 3339, written in UTC with milliseconds, or with microseconds where it has any, e.g.
   * "2026-08-01T00:00:00.000Z". Ranges begin and end at microseconds. Input may have any offset.
   */
  DateTime: { input: string; output: string; }
  /** An exact decimal number as a string, e.g. "1234.50". Never a float. */
  Decimal: { input: string; output: string; }
  /** A calendar month of the programme, e.g. "2026-08". */
  Month: { input: string; output: string; }
};

/** Compares an amount, in units of its currency. */
export type AmountFilter = {
  /** Is this. */
  eq?: InputMaybe<Scalars['Decimal']['input']>;
  /** Is more or later than this. */
  gt?: InputMaybe<Scalars['Decimal']['input']>;
  /** Is this, more or later. */
  gte?: InputMaybe<Scalars['Decimal']['input']>;
  /** Is one of these. */
  in?: InputMaybe<Array<Scalars['Decimal']['input']>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is less or earlier than this. */
  lt?: InputMaybe<Scalars['Decimal']['input']>;
  /** Is this, less or earlier. */
  lte?: InputMaybe<Scalars['Decimal']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<Scalars['Decimal']['input']>;
};

/** A period in which a partner has a customer. Periods of a customer never overlap. */
export type Association = Node & {
  /** The instant until which nothing counts, because the customer came from another partner; null without a cooling-off. It follows from the customer's earlier associations and the programme's rules. */
  coolingOffUntil?: Maybe<Scalars['DateTime']['output']>;
  /** The instant at which it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The customer that the partner has. */
  customer?: Maybe<Customer>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The way in which the partner sells to the customer: consulting or resale. */
  mode: AssociationMode;
  /** The partner that has the customer. */
  partner?: Maybe<Partner>;
  /** The instant at which it begins. */
  validFrom: Scalars['DateTime']['output'];
  /** The instant at which it ends, the first after it; null while it is open. */
  validTo?: Maybe<Scalars['DateTime']['output']>;
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
};

/** A page of associations. */
export type AssociationConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<AssociationEdge>;
  /** The rows of this page. */
  nodes: Array<Association>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** What an association should have been. */
export type AssociationCorrectInput = {
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The association that is wrong. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The right mode, if that was wrong. */
  mode?: InputMaybe<AssociationMode>;
  /** The right partner, if that was wrong. */
  partnerId?: InputMaybe<Scalars['ID']['input']>;
  /** The reason why it was wrong, kept in the audit trail; at most 1000 characters. */
  reason: Scalars['String']['input'];
  /** The right instant of its beginning, if that was wrong. */
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The outcome of `associationCorrect`. */
export type AssociationCorrectPayload = {
  /** The association as it is now. */
  association?: Maybe<Association>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** An association to be made. */
export type AssociationCreateInput = {
  /** The customer that the partner has. */
  customerId: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The way in which the partner sells to the customer: consulting or resale. */
  mode: AssociationMode;
  /** The partner that has the customer. */
  partnerId: Scalars['ID']['input'];
  /** The instant at which it begins; now if not given. */
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** The instant at which it ends, the first after it; open if not given. */
  validTo?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The outcome of `associationCreate`. */
export type AssociationCreatePayload = {
  /** The new association. */
  association?: Maybe<Association>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** An association with its cursor. */
export type AssociationEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: Association;
};

/** The end of an association. */
export type AssociationEndInput = {
  /** The instant from which the customer is nobody's; now if not given. */
  at?: InputMaybe<Scalars['DateTime']['input']>;
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The association that ends. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The reason for the end, kept in the audit trail; at most 1000 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `associationEnd`. */
export type AssociationEndPayload = {
  /** The association as it is now. */
  association?: Maybe<Association>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Conditions on associations. */
export type AssociationFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<AssociationFilter>>;
  /** By mode. */
  mode?: InputMaybe<AssociationModeFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<AssociationFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** By the instant at which it begins. */
  validFrom?: InputMaybe<DateTimeFilter>;
  /** By the instant at which it ends; open ones end later than any instant. */
  validTo?: InputMaybe<DateTimeFilter>;
};

/** Mode in which a partner has a customer. Source codes: 1 consulting, 2 resale. */
export type AssociationMode =
  /** The customer trades with the vendor (顾问销售). */
  | 'CONSULTING'
  /** The customer trades with the partner (代售). */
  | 'RESALE'
  | '%future added value';

/** Compares with values of AssociationMode. */
export type AssociationModeFilter = {
  /** Is this. */
  eq?: InputMaybe<AssociationMode>;
  /** Is one of these. */
  in?: InputMaybe<Array<AssociationMode>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<AssociationMode>;
};

/** The order of associations. */
export type AssociationOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: AssociationOrderField;
};

/** What `associations` can be ordered by. */
export type AssociationOrderField =
  /** The instant at which it begins. */
  | 'VALID_FROM'
  | '%future added value';

/** A change of partner or mode. */
export type AssociationTransferInput = {
  /** The instant at which it moves; now if not given. */
  at?: InputMaybe<Scalars['DateTime']['input']>;
  /** The customer that moves. */
  customerId: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The new mode. */
  mode: AssociationMode;
  /** The new partner, or the same one for a change of mode. */
  partnerId: Scalars['ID']['input'];
  /** The reason for the move, kept in the audit trail; at most 1000 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `associationTransfer`. */
export type AssociationTransferPayload = {
  /** The association that begins. */
  association?: Maybe<Association>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** One change: who made it, when, why and under which request. Events never change. */
export type AuditEvent = Node & {
  /** The instant of the change. */
  at: Scalars['DateTime']['output'];
  /** The input, as JSON. */
  detail: Scalars['String']['output'];
  /** What was changed, as it is now; null for what has no type here or is not the caller's to see. */
  entity?: Maybe<Node>;
  /** The id of what was changed; of many at once, how many of what. */
  entityId: Scalars['ID']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The mutation. */
  operation: Scalars['String']['output'];
  /** On whose behalf, as JSON. */
  principal: Scalars['String']['output'];
  /** The reason in the words of who made the change; null if none was given. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The request it came with. */
  requestId?: Maybe<Scalars['String']['output']>;
  /** Who: the subject of the token, or the part of the product that acted by itself. */
  subject: Scalars['String']['output'];
};

/** A page of audit events. */
export type AuditEventConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<AuditEventEdge>;
  /** The rows of this page. */
  nodes: Array<AuditEvent>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** An event with its cursor. */
export type AuditEventEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: AuditEvent;
};

/** Conditions on audit events. */
export type AuditEventFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<AuditEventFilter>>;
  /** By when. */
  at?: InputMaybe<DateTimeFilter>;
  /** By the id of what was changed. */
  entity?: InputMaybe<IdFilter>;
  /** By mutation. */
  operation?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<AuditEventFilter>>;
  /** By request. */
  requestId?: InputMaybe<StringFilter>;
  /** By who. */
  subject?: InputMaybe<StringFilter>;
};

/** The order of audit events. */
export type AuditEventOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: AuditEventOrderField;
};

/** What `auditEvents` can be ordered by. */
export type AuditEventOrderField =
  /** The instant of the change. */
  | 'AT'
  | '%future added value';

/** What a partner finds wrong with a bill or one of its lines. It stays with the bill of its partner, month and currency, and with the performance of its line, while runs write the bill anew. */
export type BillFeedback = Node & {
  /** The incentive of bill or line when this was said. */
  amount: Money;
  /** The vendor's answer. */
  answer?: Maybe<Scalars['String']['output']>;
  /** The instant of the answer; null before. */
  answeredAt?: Maybe<Scalars['DateTime']['output']>;
  /** The person who answered; null before. */
  answeredBy?: Maybe<Scalars['String']['output']>;
  /** The performance of bill or line when this was said. */
  basis: Money;
  /** The bill as it is now; null if its performance is gone. */
  bill?: Maybe<IncentiveBill>;
  /** The state of the bill when the feedback was given. */
  billState: BillState;
  /** The instant at which it was answered or taken back; null while it is open. */
  closedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What mended it: an association, import, invoice or product; null also for whoever does not see that. */
  correctionEntity?: Maybe<Node>;
  /** The lines by which later bills corrected its month for the same partner and currency, oldest first; none unless it was accepted. */
  corrections?: Maybe<IncentiveBillLineConnection>;
  /** The instant at which it was given. */
  createdAt: Scalars['DateTime']['output'];
  /** The person who gave it. */
  createdBy: Scalars['String']['output'];
  /** The bill's currency. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The line as it is now; null where the whole bill is meant, or the line is gone. */
  line?: Maybe<IncentiveBillLine>;
  /** The kind of the line; null for the whole bill. */
  lineKind?: Maybe<BillLineKind>;
  /** The number of the line when this was said; null for the whole bill. */
  lineNo?: Maybe<Scalars['Int']['output']>;
  /** The partner whose performance the line prices; null for the whole bill. */
  linePartner?: Maybe<Partner>;
  /** The line's association mode. */
  mode?: Maybe<AssociationMode>;
  /** The bill's month. */
  month: Scalars['Month']['output'];
  /** The month the line's performance belongs to; null for the whole bill. */
  originMonth?: Maybe<Scalars['Month']['output']>;
  /** The partner whose bill it is. */
  partner?: Maybe<Partner>;
  /** The line's product class. */
  productClass?: Maybe<Scalars['String']['output']>;
  /** The state of the feedback. */
  state: FeedbackState;
  /** The fault in the partner's words. */
  text: Scalars['String']['output'];
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
};


/** What a partner finds wrong with a bill or one of its lines. It stays with the bill of its partner, month and currency, and with the performance of its line, while runs write the bill anew. */
export type BillFeedbackCorrectionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** The vendor's answer. */
export type BillFeedbackAnswerInput = {
  /** True if the partner is right, false if the bill is. */
  accept: Scalars['Boolean']['input'];
  /** What you say to it, 1 to 2000 characters. */
  answer: Scalars['String']['input'];
  /** The id of what mended it, if the partner is right: an association, import, invoice or product. */
  correctionEntityId?: InputMaybe<Scalars['ID']['input']>;
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The feedback. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `billFeedbackAnswer`. */
export type BillFeedbackAnswerPayload = {
  /** The feedback as it is now. */
  billFeedback?: Maybe<BillFeedback>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A page of feedback. */
export type BillFeedbackConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<BillFeedbackEdge>;
  /** The rows of this page. */
  nodes: Array<BillFeedback>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** What is wrong, and with what. */
export type BillFeedbackCreateInput = {
  /** The bill. */
  billId: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The number of the line as the bill shows it now; not given for the whole bill. */
  lineNo?: InputMaybe<Scalars['Int']['input']>;
  /** What is wrong, 1 to 2000 characters. */
  text: Scalars['String']['input'];
};

/** The outcome of `billFeedbackCreate`. */
export type BillFeedbackCreatePayload = {
  /** The feedback. */
  billFeedback?: Maybe<BillFeedback>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Feedback with its cursor. */
export type BillFeedbackEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: BillFeedback;
};

/** Conditions on feedback. */
export type BillFeedbackFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<BillFeedbackFilter>>;
  /** By the bill's month. */
  month?: InputMaybe<MonthFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<BillFeedbackFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** By state. */
  state?: InputMaybe<FeedbackStateFilter>;
};

/** The order of feedback. */
export type BillFeedbackOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: BillFeedbackOrderField;
};

/** What `billFeedbacks` can be ordered by. */
export type BillFeedbackOrderField =
  /** When it was said. */
  | 'CREATED_AT'
  | '%future added value';

/** Which feedback to take back. */
export type BillFeedbackWithdrawInput = {
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The feedback. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `billFeedbackWithdraw`. */
export type BillFeedbackWithdrawPayload = {
  /** The feedback as it is now. */
  billFeedback?: Maybe<BillFeedback>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Kind of a line of an incentive bill. */
export type BillLineKind =
  /** Performance of the bill's own month. */
  | 'BASE'
  /** Correction of a closed month. */
  | 'CORRECTION'
  /** Difference between the rounded bill and the sum of its lines. */
  | 'RESIDUE'
  | '%future added value';

/** State of an incentive bill (incentive reconciliation). */
export type BillState =
  /** Forecast of a month that is not final; each run replaces it. */
  | 'ESTIMATED'
  /** Issued: payment can be requested. */
  | 'ISSUED'
  /** Confirmed; vendor operations issue it. */
  | 'ISSUING'
  /** Formal bill, far off the partner's recent ones; waits for the vendor's review. */
  | 'PARKED'
  /** Formal bill; waits for the partner. */
  | 'PENDING_CONFIRM'
  | '%future added value';

/** Compares with values of BillState. */
export type BillStateFilter = {
  /** Is this. */
  eq?: InputMaybe<BillState>;
  /** Is one of these. */
  in?: InputMaybe<Array<BillState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<BillState>;
};

/** State of the customer's budget, from a plan to its approval. */
export type BudgetState =
  /** The budget was applied for. */
  | 'APPLIED'
  /** The budget is granted. */
  | 'APPROVED'
  /** The customer has no budget. */
  | 'NONE'
  /** A first plan of investment exists. */
  | 'PLANNED'
  | '%future added value';

/** Treatment of the other rows of a call when one row is refused. */
export type BulkPolicy =
  /** No row changes: the call is refused with the refusals of all rows. */
  | 'ALL_OR_NOTHING'
  /** The rows that can change do; the others are listed with their refusals. */
  | 'SKIP_FAILED'
  | '%future added value';

/** What is known of a partner's business. While it is not certified, nothing is billed or paid. */
export type BusinessInformation = Node & {
  /** The account that money goes to; only its end can be read. */
  bankAccount: Scalars['String']['output'];
  /** The state of its certification. */
  certification: Certification;
  /** The instant of its last change. */
  changedAt: Scalars['DateTime']['output'];
  /** The address that mail goes to; empty for none. */
  email: Scalars['String']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The language of mail: en or zh-CN. */
  language: Scalars['String']['output'];
  /** Name of the company, as invoices bear it. */
  legalName: Scalars['String']['output'];
  /** The reason for that state; null if none was given. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Taxpayer number, as invoices bear it. */
  taxpayerNo: Scalars['String']['output'];
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
};

/** Business information as it shall be. */
export type BusinessInformationSetInput = {
  /**
   * The account that money goes to, written out; left out, it stays. Another account than the certified one takes the
   * certification away, and somebody else has to certify it.
   */
  bankAccount?: InputMaybe<Scalars['String']['input']>;
  /** The state of its certification. */
  certification: Certification;
  /** The address that mail goes to, empty for none; left out, it stays. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** The version you saw; 0 if there is none yet. */
  expectedVersion: Scalars['Int']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The language of mail, en or zh-CN; left out, it stays, and is zh-CN at first. */
  language?: InputMaybe<Scalars['String']['input']>;
  /** Name of the company, as invoices bear it; left out, it stays. */
  legalName?: InputMaybe<Scalars['String']['input']>;
  /** The partner whose business it is. */
  partnerId: Scalars['ID']['input'];
  /** The reason for that state. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Taxpayer number, as invoices bear it; left out, it stays. */
  taxpayerNo?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `businessInformationSet`. */
export type BusinessInformationSetPayload = {
  /** The partner as it is now. */
  partner?: Maybe<Partner>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A day that does not go by its weekday. */
export type CalendarDay = {
  /** The instant of its last import; null for days that came with the product. */
  changedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The day. */
  day: Scalars['Date']['output'];
  /** The reason why it does not go by its weekday, in English. */
  nameEn: Scalars['String']['output'];
  /** The reason why it does not go by its weekday, in Chinese. */
  nameZhCn: Scalars['String']['output'];
  /** The name of what this comes from, e.g. of a file. */
  source: Scalars['String']['output'];
  /** Whether it is a working day. */
  working: Scalars['Boolean']['output'];
};

/** A day that does not go by its weekday. */
export type CalendarDayInput = {
  /** The day. */
  day: Scalars['Date']['input'];
  /** The reason why it does not go by its weekday, in English, 1 to 100 characters. */
  nameEn: Scalars['String']['input'];
  /** The reason why it does not go by its weekday, in Chinese, 1 to 100 characters. */
  nameZhCn: Scalars['String']['input'];
  /** Whether it is a working day. */
  working: Scalars['Boolean']['input'];
};

/** The days of one or more years. */
export type CalendarImportInput = {
  /** The days, 1 to 1000. Each year that is named replaces what stood for that year. */
  days: Array<CalendarDayInput>;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The name of what they come from, 1 to 200 characters. */
  source?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `calendarImport`. */
export type CalendarImportPayload = {
  /** The years that were replaced, with all their days; null if nothing changed. */
  calendarDays?: Maybe<Array<CalendarDay>>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** State of a partner's business information: without certification nothing is billed or paid. */
export type Certification =
  /** A small transfer waits to be named by the partner. */
  | 'AMOUNT_VERIFICATION'
  /** Certified: bills are made and paid. */
  | 'CERTIFIED'
  /** A change is reviewed: nothing is paid until it is certified. */
  | 'CHANGE_IN_REVIEW'
  /** Refused, with a reason. */
  | 'FAILED'
  /** The vendor reviews it. */
  | 'IN_REVIEW'
  /** Locked after wrong answers. */
  | 'LOCKED'
  /** Nothing was handed in. */
  | 'NOT_SUBMITTED'
  | '%future added value';

/** The highest-level kind of a charge (FOCUS `ChargeCategory`). */
export type ChargeCategory =
  /** A correction by the issuer of the bill. */
  | 'ADJUSTMENT'
  /** A credit granted by the vendor: pays like a voucher, never cash. */
  | 'CREDIT'
  /** Purchase of a service or resource, once or again and again. */
  | 'PURCHASE'
  /** Tax: kept, never counted. */
  | 'TAX'
  /** Use of a resource. */
  | 'USAGE'
  | '%future added value';

/** Compares with values of ChargeCategory. */
export type ChargeCategoryFilter = {
  /** Is this. */
  eq?: InputMaybe<ChargeCategory>;
  /** Is one of these. */
  in?: InputMaybe<Array<ChargeCategory>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<ChargeCategory>;
};

/** Way in which a resource is charged. */
export type ChargingMode =
  /** Charged by usage. */
  | 'PAY_PER_USE'
  /** Paid by a reserved instance. */
  | 'RESERVED_INSTANCE'
  /** Paid by a savings plan. */
  | 'SAVINGS_PLAN'
  /** Bought for a period. */
  | 'SUBSCRIPTION'
  | '%future added value';

/** Compares with values of ChargingMode. */
export type ChargingModeFilter = {
  /** Is this. */
  eq?: InputMaybe<ChargingMode>;
  /** Is one of these. */
  in?: InputMaybe<Array<ChargingMode>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<ChargingMode>;
};

/** Something that speaks against making a month final. */
export type CloseFinding = {
  /** Whether the month stays open for it until it is mended or acknowledged by name; else it only warns. */
  blocks: Scalars['Boolean']['output'];
  /** Number of them. */
  count: Scalars['BigInt']['output'];
  /** The first of them, for people. */
  example: Scalars['String']['output'];
  /** The item of the checklist. */
  item: CloseItem;
};

/** Something that speaks against making a month final. */
export type CloseItem =
  /** Feedback on a bill of the month is open. */
  | 'DISPUTE_OPEN'
  /** A provider whose bill came the month before has none yet. */
  | 'FILE_MISSING'
  /** An import failed, and its file was not taken in since. */
  | 'IMPORT_FAILED'
  /** An import is under way. */
  | 'IMPORT_UNFINISHED'
  /** A recurring job of the workers fails. */
  | 'JOB_FAILED'
  /** Performance of customers that had no partner. */
  | 'NO_PARTNER'
  /** Nothing was paid in the month at all, or nothing of it has come in. */
  | 'NO_PAYMENTS'
  /** Performance of months that no incentive policy prices. */
  | 'NO_POLICY'
  /** Lines of bills whose policy has no rate for them. */
  | 'NO_RATE'
  /** Bills that wait for a review, or will. */
  | 'PARKED'
  /** A settlement run of the month failed. */
  | 'RUN_FAILED'
  /** Payments of sellers of whom nobody said whether they are the vendor itself. */
  | 'UNCLASSIFIED'
  /** Performance of resellers that belonged to no distributor. */
  | 'UNLINKED'
  /** Payments of accounts that belong to no customer wait to be matched. */
  | 'UNMATCHED'
  | '%future added value';

/** An account at a cloud provider. Payments of an account that nobody has wait until it is linked. */
export type CloudAccount = Node & {
  /** The account number as it stands in bills. */
  accountNo: Scalars['String']['output'];
  /** The instant at which it was first named. */
  createdAt: Scalars['DateTime']['output'];
  /** The customer whose account it is; null while it is nobody's. */
  customer?: Maybe<Customer>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The instant at which it was linked to its customer; null while it is nobody's. */
  linkedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The provider as it stands in bills. */
  provider: Scalars['String']['output'];
};

/** A page of accounts. */
export type CloudAccountConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<CloudAccountEdge>;
  /** The rows of this page. */
  nodes: Array<CloudAccount>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** An account with its cursor. */
export type CloudAccountEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: CloudAccount;
};

/** Conditions on accounts. */
export type CloudAccountFilter = {
  /** By account number. */
  accountNo?: InputMaybe<StringFilter>;
  /** All of these hold too. */
  and?: InputMaybe<Array<CloudAccountFilter>>;
  /** By customer. */
  customer?: InputMaybe<IdFilter>;
  /** Whether it belongs to a customer. */
  linked?: InputMaybe<Scalars['Boolean']['input']>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<CloudAccountFilter>>;
  /** By provider. */
  provider?: InputMaybe<StringFilter>;
};

/** An account and the customer it belongs to. */
export type CloudAccountLinkInput = {
  /** The account number as it stands in bills. */
  accountNo: Scalars['String']['input'];
  /** The customer whose account it is. */
  customerId: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The provider as it stands in bills. */
  provider: Scalars['String']['input'];
};

/** The outcome of `cloudAccountLink`. */
export type CloudAccountLinkPayload = {
  /** The account as it is now. */
  cloudAccount?: Maybe<CloudAccount>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The order of accounts. */
export type CloudAccountOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: CloudAccountOrderField;
};

/** What `cloudAccounts` can be ordered by. */
export type CloudAccountOrderField =
  /** The instant at which it was first named. */
  | 'CREATED_AT'
  /** Provider and account number. */
  | 'NUMBER'
  | '%future added value';

/** Customers that cool off when they change their partner. */
export type CoolingOffCustomers =
  /** All of them. */
  | 'ALL'
  /** Those that the vendor does not look after by name. */
  | 'LONG_TAIL'
  | '%future added value';

/** A rule on customers that change their partner, until the next one. */
export type CoolingOffRule = {
  /** The instant at which it was set; null for what an installation begins with. */
  changedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The customers it holds for. */
  customers: CoolingOffCustomers;
  /** Calendar months in which nothing counts; 0 for none. */
  months: Scalars['Int']['output'];
  /** It holds for associations that begin from this instant on. */
  validFrom: Scalars['DateTime']['output'];
};

/** A rule to be set. */
export type CoolingOffRuleSetInput = {
  /** The customers it holds for. */
  customers: CoolingOffCustomers;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Calendar months in which nothing counts, 0 to 24. */
  months: Scalars['Int']['input'];
  /** The reason, kept in the audit trail; at most 1000 characters. */
  reason: Scalars['String']['input'];
  /** It holds for associations that begin from this instant on; not in or before a final month. */
  validFrom: Scalars['DateTime']['input'];
};

/** The outcome of `coolingOffRuleSet`. */
export type CoolingOffRuleSetPayload = {
  /** The settings with all rules. */
  programme?: Maybe<Programme>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A person of the vendor who gives the opportunities that no office matches to one. */
export type Coordinator = {
  /** The e-mail address that letters go to. */
  email: Scalars['String']['output'];
  /** The name under which people know the person. */
  name: Scalars['String']['output'];
  /** The person's name in tokens (`sub`). */
  subject: Scalars['String']['output'];
};

/** Somebody who has to agree to payment requests of a category from an amount on. */
export type CountersignApprover = Node & {
  /** Category of the bill; * for every one. */
  category: Scalars['String']['output'];
  /** The instant at which the line was made. */
  createdAt: Scalars['DateTime']['output'];
  /** The person who put the approver on the list. */
  createdBy: Scalars['String']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** From this amount on. */
  minAmount: Money;
  /** The person, as tokens name it. */
  subject: Scalars['String']['output'];
};

/** A line to be made. */
export type CountersignApproverAddInput = {
  /** Category of the bill; * for every one. */
  category: Scalars['String']['input'];
  /** The currency of the amount. */
  currencyCode: Scalars['CurrencyCode']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** From this amount on. */
  minAmount: Scalars['Decimal']['input'];
  /** The person, as tokens name it. */
  subject: Scalars['String']['input'];
};

/** The outcome of `countersignApproverAdd`. */
export type CountersignApproverAddPayload = {
  /** The line. */
  approver?: Maybe<CountersignApprover>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A page of the list of approvers. */
export type CountersignApproverConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<CountersignApproverEdge>;
  /** The rows of this page. */
  nodes: Array<CountersignApprover>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A line with its cursor. */
export type CountersignApproverEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: CountersignApprover;
};

/** Conditions on lines of the list of approvers. */
export type CountersignApproverFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<CountersignApproverFilter>>;
  /** By category. */
  category?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<CountersignApproverFilter>>;
  /** By person. */
  subject?: InputMaybe<StringFilter>;
};

/** The order of the list of approvers. */
export type CountersignApproverOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: CountersignApproverOrderField;
};

/** What `countersignApprovers` can be ordered by. */
export type CountersignApproverOrderField =
  /** When the line was made. */
  | 'CREATED_AT'
  | '%future added value';

/** A line to be taken off. */
export type CountersignApproverRemoveInput = {
  /** The line. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `countersignApproverRemove`. */
export type CountersignApproverRemovePayload = {
  /** The id of the line that is gone; null if nothing changed. */
  deletedId?: Maybe<Scalars['ID']['output']>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The voice of an approver in a round of countersigning. */
export type CountersignVoice = {
  /** The reason that was given; null if none was. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The round, from 1. */
  round: Scalars['Int']['output'];
  /** The approver. */
  subject: Scalars['String']['output'];
  /** The vote; null while it is awaited. */
  vote?: Maybe<CountersignVote>;
  /** The instant of the vote; null while it is awaited. */
  votedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** The vote of an approver. */
export type CountersignVote =
  /** The approver agrees. */
  | 'APPROVE'
  /** The approver refuses: the round is over. */
  | 'REJECT'
  | '%future added value';

/** Your vote on a payment request. */
export type CountersignVoteInput = {
  /** The request. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Why; needed to refuse. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The round you saw. */
  round: Scalars['Int']['input'];
  /** Agree or refuse. */
  vote: CountersignVote;
};

/** The outcome of `countersignVote`. */
export type CountersignVotePayload = {
  /** The request as it is now. */
  paymentRequest?: Maybe<PaymentRequest>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Compares a currency. */
export type CurrencyFilter = {
  /** Is this. */
  eq?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** Is one of these. */
  in?: InputMaybe<Array<Scalars['CurrencyCode']['input']>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<Scalars['CurrencyCode']['input']>;
};

/** A company that uses cloud products and pays for them. */
export type Customer = Node & {
  /** Its accounts at cloud providers. */
  accounts?: Maybe<CloudAccountConnection>;
  /** The periods in which partners had it: past, present and future. A partner sees its own periods only. */
  associations?: Maybe<AssociationConnection>;
  /** The instant at which it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The association that holds now; null while it is nobody's, or not the caller's to see. */
  currentAssociation?: Maybe<Association>;
  /** The partner that has it now; null while it is nobody's, or not the caller's to see. */
  currentPartner?: Maybe<Partner>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Whether it is an internal account of the vendor: what it pays is never performance. */
  internal: Scalars['Boolean']['output'];
  /** Whether it is one of the many that the vendor does not look after by name: the programme's rules on cooling-off may hold for those only. */
  longTail: Scalars['Boolean']['output'];
  /** The name under which people know it. */
  name: Scalars['String']['output'];
  /** The performance it makes in a month, one sum a currency, as far as the caller sees it. */
  performance?: Maybe<Array<PerformanceSum>>;
  /** Its names and numbers in law, and the office that owns it; null if nothing is known, and for partners. */
  profile?: Maybe<CustomerProfile>;
  /** Grows with every change. */
  version: Scalars['Int']['output'];
};


/** A company that uses cloud products and pays for them. */
export type CustomerAccountsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CloudAccountFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CloudAccountOrder>;
};


/** A company that uses cloud products and pays for them. */
export type CustomerAssociationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AssociationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<AssociationOrder>;
};


/** A company that uses cloud products and pays for them. */
export type CustomerPerformanceArgs = {
  month: Scalars['Month']['input'];
};

/** A page of customers. */
export type CustomerConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<CustomerEdge>;
  /** The rows of this page. */
  nodes: Array<Customer>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A customer to be made. */
export type CustomerCreateInput = {
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Whether it is an internal account of the vendor: what it pays is never performance. */
  internal?: Scalars['Boolean']['input'];
  /** Whether it is one of the many that the vendor does not look after by name. */
  longTail?: Scalars['Boolean']['input'];
  /** The name under which people know it, 1 to 200 characters. */
  name: Scalars['String']['input'];
};

/** The outcome of `customerCreate`. */
export type CustomerCreatePayload = {
  /** The new customer. */
  customer?: Maybe<Customer>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A customer with its cursor. */
export type CustomerEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: Customer;
};

/** Conditions on customers. */
export type CustomerFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<CustomerFilter>>;
  /** By the instant of creation. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** By id. */
  id?: InputMaybe<IdFilter>;
  /** Whether it is an internal account of the vendor. */
  internal?: InputMaybe<Scalars['Boolean']['input']>;
  /** By the name under which people know it. */
  name?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<CustomerFilter>>;
  /** By a partner that has or had it, in a time that the caller sees. */
  partner?: InputMaybe<IdFilter>;
};

/** Standing of a customer with the vendor. */
export type CustomerLongTailSetInput = {
  /** The customer that is long-tail or not. */
  customerId: Scalars['ID']['input'];
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Whether it is one of the many that the vendor does not look after by name, now and before. */
  longTail: Scalars['Boolean']['input'];
  /** The reason, kept in the audit trail; at most 1000 characters. */
  reason: Scalars['String']['input'];
};

/** The outcome of `customerLongTailSet`. */
export type CustomerLongTailSetPayload = {
  /** The customer as it is now. */
  customer?: Maybe<Customer>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The order of customers. */
export type CustomerOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: CustomerOrderField;
};

/** What `customers` can be ordered by. */
export type CustomerOrderField =
  /** The instant of creation. */
  | 'CREATED_AT'
  /** The name under which people know it. */
  | 'NAME'
  | '%future added value';

/** A customer as the law knows it, and the office that owns it. */
export type CustomerProfile = Node & {
  /** The city it is in; empty if not known. */
  city: Scalars['String']['output'];
  /** Its unified social credit code; null if not known. */
  creditCode?: Maybe<Scalars['String']['output']>;
  /** Whether it is an enterprise: persons earn no opportunity incentive. */
  enterprise: Scalars['Boolean']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Its name in law, as its account was verified. */
  legalName: Scalars['String']['output'];
  /** The office that owns it, where opportunities with it go; null if none does. */
  office?: Maybe<Office>;
  /** Its owner at the vendor, as tokens name it; null if there is none. */
  owner?: Maybe<Scalars['String']['output']>;
  /** The province it is in; empty if not known. */
  province: Scalars['String']['output'];
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
};

/** A file of profiles. */
export type CustomerProfileImportInput = {
  /**
   * CSV of 1 to 1000 rows. Its header names the columns, in any order: customer_id and legal_name, and as wanted
   * credit_code, enterprise (true or false; true if empty), office (its short name), owner, province, city. What
   * stands empty is not known any more.
   */
  csv: Scalars['String']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** What becomes of the other rows when one is wrong. */
  policy?: BulkPolicy;
};

/** The outcome of `customerProfileImport`. */
export type CustomerProfileImportPayload = {
  /** A row for each row of the file; empty if nothing was tried. */
  rows: Array<CustomerProfileImportRow>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A row of a file of profiles, and what was done with it. */
export type CustomerProfileImportRow = {
  /** Whether the profile is another now; false if the row says what was known, or is wrong. */
  changed: Scalars['Boolean']['output'];
  /** The customer it names; null if there is none with the id. */
  customerId?: Maybe<Scalars['ID']['output']>;
  /** The line of the file on which it stands; the header is line 1. */
  line: Scalars['Int']['output'];
  /** What is wrong with the row; empty if nothing is. */
  userErrors: Array<UserError>;
};

/** A customer's profile as it shall be. */
export type CustomerProfileSetInput = {
  /** The city it is in. */
  city?: Scalars['String']['input'];
  /** Its unified social credit code, 18 characters. */
  creditCode?: InputMaybe<Scalars['String']['input']>;
  /** The customer whose profile it is. */
  customerId: Scalars['ID']['input'];
  /** Whether it is an enterprise: persons earn no opportunity incentive. */
  enterprise?: Scalars['Boolean']['input'];
  /** The version you saw; 0 if there is none yet. */
  expectedVersion: Scalars['Int']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Its name in law, 1 to 200 characters. */
  legalName: Scalars['String']['input'];
  /** The office that owns it, where opportunities with it go. */
  officeId?: InputMaybe<Scalars['ID']['input']>;
  /** Its owner at the vendor, as tokens name it (`sub`). */
  owner?: InputMaybe<Scalars['String']['input']>;
  /** The province it is in. */
  province?: Scalars['String']['input'];
};

/** The outcome of `customerProfileSet`. */
export type CustomerProfileSetPayload = {
  /** The customer as it is now. */
  customer?: Maybe<Customer>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Compares an instant. */
export type DateTimeFilter = {
  /** Is this. */
  eq?: InputMaybe<Scalars['DateTime']['input']>;
  /** Is more or later than this. */
  gt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Is this, more or later. */
  gte?: InputMaybe<Scalars['DateTime']['input']>;
  /** Is one of these. */
  in?: InputMaybe<Array<Scalars['DateTime']['input']>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is less or earlier than this. */
  lt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Is this, less or earlier. */
  lte?: InputMaybe<Scalars['DateTime']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Until when something must have happened. */
export type Deadline = Node & {
  /** The party that must act. */
  audience: DeadlineAudience;
  /** The instant at which it was closed; null while it is open. */
  closedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The instant at which it was first set. */
  createdAt: Scalars['DateTime']['output'];
  /** First instant at which it is too late. */
  dueAt: Scalars['DateTime']['output'];
  /** The thing it is about; null where it has no id of its own or is not yours to see. */
  entity?: Maybe<Node>;
  /** The id of the thing it is about. */
  entityId: Scalars['ID']['output'];
  /** The instant at which it was found to have passed; null before. */
  fellDueAt?: Maybe<Scalars['DateTime']['output']>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The thing that must have happened by then. */
  kind: DeadlineKind;
  /** The partner it concerns. */
  partner?: Maybe<Partner>;
  /** When whoever must act is reminded; null if there was no time for that. */
  remindAt?: Maybe<Scalars['DateTime']['output']>;
  /** The instant at which the reminder was given; null before. */
  remindedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The state of the deadline. */
  state: DeadlineState;
};

/** People who must act before a deadline. */
export type DeadlineAudience =
  /** Finance of the vendor. */
  | 'FINANCE'
  /** Operations of the vendor. */
  | 'OPERATIONS'
  /** The partner it concerns. */
  | 'PARTNER'
  /** The reviewers of the office that looks after an opportunity. */
  | 'REVIEWER'
  | '%future added value';

/** Compares with values of DeadlineAudience. */
export type DeadlineAudienceFilter = {
  /** Is this. */
  eq?: InputMaybe<DeadlineAudience>;
  /** Is one of these. */
  in?: InputMaybe<Array<DeadlineAudience>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<DeadlineAudience>;
};

/** A page of deadlines. */
export type DeadlineConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<DeadlineEdge>;
  /** The rows of this page. */
  nodes: Array<Deadline>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A deadline with its cursor. */
export type DeadlineEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: Deadline;
};

/** Conditions on deadlines. */
export type DeadlineFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<DeadlineFilter>>;
  /** By who must act. */
  audience?: InputMaybe<DeadlineAudienceFilter>;
  /** By when it is due. */
  dueAt?: InputMaybe<DateTimeFilter>;
  /** By the id of the thing it is about. */
  entity?: InputMaybe<IdFilter>;
  /** By kind. */
  kind?: InputMaybe<DeadlineKindFilter>;
  /** Whether it is still open: not closed, in time or not. */
  open?: InputMaybe<Scalars['Boolean']['input']>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<DeadlineFilter>>;
  /** Whether it has passed without being closed. */
  overdue?: InputMaybe<Scalars['Boolean']['input']>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
};

/** Kind of thing that must have happened by a deadline. */
export type DeadlineKind =
  /** The partner has confirmed its incentive bill; afterwards it counts as confirmed. */
  | 'BILL_CONFIRM'
  /** The vendor's approvers have countersigned. */
  | 'COUNTERSIGN'
  /** The partner has sent its invoice. */
  | 'INVOICE_DUE'
  /** Finance has reviewed the invoice. */
  | 'INVOICE_REVIEW'
  /** The partner has accepted an opportunity; afterwards it counts as refused. */
  | 'OPPORTUNITY_ACCEPT'
  /** Progress of an opportunity was told; afterwards it is stale. */
  | 'OPPORTUNITY_PROGRESS'
  /** The vendor has reviewed an opportunity; afterwards a coordinator looks after it. */
  | 'OPPORTUNITY_REVIEW'
  /** The vendor has verified an opportunity; afterwards it is rejected. */
  | 'OPPORTUNITY_VERIFY'
  /** The money has been paid. */
  | 'PAYMENT'
  /** Finance has reviewed the request for payment. */
  | 'PAYMENT_REVIEW'
  /** The vendor has reviewed a claim of the incentive for an opportunity. */
  | 'PCE_CLAIM_REVIEW'
  | '%future added value';

/** Compares with values of DeadlineKind. */
export type DeadlineKindFilter = {
  /** Is this. */
  eq?: InputMaybe<DeadlineKind>;
  /** Is one of these. */
  in?: InputMaybe<Array<DeadlineKind>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<DeadlineKind>;
};

/** The order of deadlines. */
export type DeadlineOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: DeadlineOrderField;
};

/** What `deadlines` can be ordered by. */
export type DeadlineOrderField =
  /** The instant at which it is due. */
  | 'DUE_AT'
  | '%future added value';

/** How a deadline stands. */
export type DeadlineState =
  /** What it was about has happened, or does not matter any more. */
  | 'CLOSED'
  /** It has passed, and what it is about has not happened. */
  | 'OVERDUE'
  /** There is still time. */
  | 'WAITING'
  | '%future added value';

/** Type of bill detail of a payment, by the codes of the vendor's bill interface. */
export type DetailType =
  /** Adjustment in the customer's favour. */
  | 'ADJUSTMENT_COMPENSATION'
  /** Adjustment against the customer. */
  | 'ADJUSTMENT_DEDUCTION'
  /** Automatic renewal of a subscription. */
  | 'AUTO_RENEW'
  /** Change of specification. */
  | 'CHANGE'
  /** Refund after a change. */
  | 'CHANGE_REFUND'
  /** Monthly payment of a subscription. */
  | 'MONTHLY_PAYMENT'
  /** Purchase of a new subscription. */
  | 'NEW'
  /** Renewal of a subscription. */
  | 'RENEW'
  /** Catch-up of rounding differences. */
  | 'ROUNDING_CATCH_UP'
  /** Deduction by a savings plan. */
  | 'SAVINGS_PLAN_DEDUCTION'
  /** Support plan, charged at the end of the month. */
  | 'SUPPORT_PLAN'
  /** Refund when a subscription becomes pay-per-use. */
  | 'TO_PAY_PER_USE_REFUND'
  /** Refund after unsubscribing. */
  | 'UNSUBSCRIBE_REFUND'
  /** Usage that was metered. */
  | 'USAGE'
  /** Yearly payment of a subscription. */
  | 'YEARLY_PAYMENT'
  | '%future added value';

/** A decision on two opportunities. */
export type DuplicateDecision =
  /** They are the same: one of them passes. */
  | 'CONFIRMED'
  /** They are not the same. Refused where the rule holds them to be. */
  | 'DISMISSED'
  | '%future added value';

/** Ground on which two opportunities became candidates for duplicates. */
export type DuplicateGround =
  /** The customers have one credit code. */
  | 'CREDIT_CODE'
  /** One of them names no product family. */
  | 'FAMILY_UNKNOWN'
  /** The customers have one name, but for legal form, case and signs. */
  | 'NAME_EQUAL'
  /** The names of the customers are alike without places and words of a trade. */
  | 'NAME_PROPER_SIMILAR'
  /** The names of the customers are alike. */
  | 'NAME_SIMILAR'
  /** They name one customer that has an account. */
  | 'SAME_CUSTOMER'
  /** The same product family is wanted. */
  | 'SAME_FAMILY'
  /** They are expected to be bought in the same time. */
  | 'WINDOW_OVERLAPS'
  | '%future added value';

/** Decision about a suspected pair: two opportunities that seem to be the same. */
export type DuplicateState =
  /** They are the same, so that only one of them may pass. */
  | 'CONFIRMED'
  /** They are different, so that both may pass. */
  | 'DISMISSED'
  /** Nobody has decided yet. */
  | 'SUSPECTED'
  | '%future added value';

/** Origin of incentive that may be requested. */
export type EntitlementKind =
  /** Issued together with its bill. */
  | 'EARNED'
  /** Rest of negatives, after something lapsed against them. */
  | 'OFFSET'
  /** Withheld until customers paid. */
  | 'RELEASED'
  | '%future added value';

/** State of incentive that may be requested; whether a payment request holds it, the request says. */
export type EntitlementState =
  /** Lapsed: not requested in time. */
  | 'EXPIRED'
  /** Set off against what the partner owes. */
  | 'OFFSET'
  /** It can be requested. */
  | 'OPEN'
  | '%future added value';

/** Compares with values of EntitlementState. */
export type EntitlementStateFilter = {
  /** Is this. */
  eq?: InputMaybe<EntitlementState>;
  /** Is one of these. */
  in?: InputMaybe<Array<EntitlementState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<EntitlementState>;
};

/** A value of an enum as people read it. */
export type EnumLabel = {
  /** What people read, in the request's language. */
  label: Scalars['String']['output'];
  /** What people read in English. */
  labelEn: Scalars['String']['output'];
  /** What people read in Chinese. */
  labelZhCn: Scalars['String']['output'];
  /** The value as the schema has it. */
  value: Scalars['String']['output'];
};

/** An enum of the schema with what people read for its values. */
export type EnumLabels = {
  /** The name of the enum in the schema. */
  name: Scalars['String']['output'];
  /** Its values. */
  values: Array<EnumLabel>;
};

/** A refusal of the closed list with its messages. */
export type ErrorCatalogueEntry = {
  /** Its code in the vendor's catalogue; null where it has none. */
  cbcCode?: Maybe<Scalars['String']['output']>;
  /** The refusal's code; stable. */
  code: UserErrorCode;
  /** The English message; {} stands for the detail. */
  messageEn: Scalars['String']['output'];
  /** The Chinese message; {} stands for the detail. */
  messageZhCn: Scalars['String']['output'];
};

/** Something that happened to a payment request, a bill, a deadline. Events never change. */
export type Event = Node & {
  /** The instant at which it happened. */
  at: Scalars['DateTime']['output'];
  /** What it is about, as it is now; null for what has no type here or is not the caller's to see. */
  entity?: Maybe<Node>;
  /** The id of what it is about. */
  entityId: Scalars['ID']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The name of what happened: the new state, in most cases. */
  kind: Scalars['String']['output'];
  /** The partner it concerns. */
  partner?: Maybe<Partner>;
  /** The kind of thing it is about. */
  topic: EventTopic;
};

/** A page of events. */
export type EventConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<EventEdge>;
  /** The rows of this page. */
  nodes: Array<Event>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** An event with its cursor. */
export type EventEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: Event;
};

/** Conditions on events. */
export type EventFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<EventFilter>>;
  /** By when. */
  at?: InputMaybe<DateTimeFilter>;
  /** By the id of what they are about. */
  entity?: InputMaybe<IdFilter>;
  /** By what happened. */
  kind?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<EventFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** By what they are about. */
  topic?: InputMaybe<EventTopicFilter>;
};

/** The order of events. */
export type EventOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: EventOrderField;
};

/** What `events` can be ordered by. */
export type EventOrderField =
  /** The instant at which it happened. */
  | 'AT'
  | '%future added value';

/** Kind of thing that an event is about. */
export type EventTopic =
  /** A deadline comes near or passed. */
  | 'DEADLINE'
  /** An export ended. */
  | 'EXPORT'
  /** Feedback on a bill. */
  | 'FEEDBACK'
  /** An incentive bill changed. */
  | 'INCENTIVE_BILL'
  /** An opportunity changed. */
  | 'OPPORTUNITY'
  /** A payment request changed its state. */
  | 'PAYMENT_REQUEST'
  /** A claim of the incentive for an opportunity changed. */
  | 'PCE_CLAIM'
  /** A marketplace settlement bill changed. */
  | 'SETTLEMENT_BILL'
  /** A month does not become final by itself. */
  | 'SETTLEMENT_MONTH'
  | '%future added value';

/** Compares with values of EventTopic. */
export type EventTopicFilter = {
  /** Is this. */
  eq?: InputMaybe<EventTopic>;
  /** Is one of these. */
  in?: InputMaybe<Array<EventTopic>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<EventTopic>;
};

/** A job that writes data out, as of one instant, into a file that is kept for three days. */
export type Export = Node & {
  /** The instant at which it was asked for. */
  createdAt: Scalars['DateTime']['output'];
  /** The person who asked for it. */
  createdBy: Scalars['String']['output'];
  /** Absolute URL that opens the file in a browser for a quarter of an hour, without a bearer token; ask again for a new one. Null until the export is completed, and once the file is deleted. */
  downloadUrl?: Maybe<Scalars['String']['output']>;
  /** A stable code of why it failed or does not go on for now; null otherwise. */
  errorCode?: Maybe<Scalars['String']['output']>;
  /** The same in words, in the request's language. */
  errorDetail?: Maybe<Scalars['String']['output']>;
  /** When the file is deleted; before completion, when the export is given up. */
  expiresAt: Scalars['DateTime']['output'];
  /** The file it became; null until it is completed. */
  file?: Maybe<StoredFile>;
  /** The instant at which it completed or failed; null until then. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The format of the file. */
  format: ExportFormat;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The progress so far. */
  progress: ExportProgress;
  /** SHA-256 of the file in hexadecimal; null until it is completed. */
  sha256?: Maybe<Scalars['String']['output']>;
  /** The state of the export. */
  state: ExportState;
  /** The kind of rows that are written. */
  what: ExportWhat;
};

/** A page of exports. */
export type ExportConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<ExportEdge>;
  /** The rows of this page. */
  nodes: Array<Export>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** What to write, and how. */
export type ExportCreateInput = {
  /** Which rows. */
  filter?: InputMaybe<ExportRowsInput>;
  /** How. */
  format: ExportFormat;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** What. */
  what: ExportWhat;
};

/** The outcome of `exportCreate`. */
export type ExportCreatePayload = {
  /** The new export; it waits for a worker. */
  export?: Maybe<Export>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** An export with its cursor. */
export type ExportEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: Export;
};

/** Conditions on exports. */
export type ExportFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<ExportFilter>>;
  /** By when it was asked for. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<ExportFilter>>;
  /** By state. */
  state?: InputMaybe<ExportStateFilter>;
  /** By what is written. */
  what?: InputMaybe<ExportWhatFilter>;
};

/** Format of an export's file. */
export type ExportFormat =
  /** CSV after RFC 4180, UTF-8 with a byte order mark. */
  | 'CSV'
  /** CSV as above, compressed with gzip. */
  | 'CSV_GZIP'
  /** One JSON object a line. */
  | 'NDJSON'
  | '%future added value';

/** The order of exports. */
export type ExportOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: ExportOrderField;
};

/** What `exports` can be ordered by. */
export type ExportOrderField =
  /** When it was asked for. */
  | 'CREATED_AT'
  | '%future added value';

/** How far an export is. */
export type ExportProgress = {
  /** Bytes written so far. */
  bytes: Scalars['BigInt']['output'];
  /** Rows written so far. */
  rows: Scalars['BigInt']['output'];
  /** Rows there are; null while they are not counted. */
  total?: Maybe<Scalars['BigInt']['output']>;
};

/** Which rows to write; all of them must hold. Nothing means everything the caller sees. */
export type ExportRowsInput = {
  /** Of this customer. For lines, payments and opportunities only. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /**
   * Of this month: the one a line is posted in, a payment belongs to, a bill is for, an opportunity is expected to be
   * signed in.
   */
  month?: InputMaybe<Scalars['Month']['input']>;
  /** Of this partner: whose performance or bill it is. Not for payments. */
  partnerId?: InputMaybe<Scalars['ID']['input']>;
};

/** State of an export. */
export type ExportState =
  /** The file is there. */
  | 'COMPLETED'
  /** Its file is gone. */
  | 'EXPIRED'
  /** Given up: it was tried too often or came too late. */
  | 'FAILED'
  /** Waits for a worker, or for its next try. */
  | 'PENDING'
  /** Rows are being written. */
  | 'RUNNING'
  | '%future added value';

/** Compares with values of ExportState. */
export type ExportStateFilter = {
  /** Is this. */
  eq?: InputMaybe<ExportState>;
  /** Is one of these. */
  in?: InputMaybe<Array<ExportState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<ExportState>;
};

/** Kind of rows that an export writes. */
export type ExportWhat =
  /** Incentive bills, one a row. */
  | 'INCENTIVE_BILLS'
  /** Lines of incentive bills. */
  | 'INCENTIVE_BILL_LINES'
  /** Opportunities; for the vendor's staff with their persons masked. */
  | 'OPPORTUNITIES'
  /** Payments, as the bills brought them. */
  | 'PAYMENTS'
  /** Payment requests, one a row. */
  | 'PAYMENT_REQUESTS'
  /** Lines of performance: what counted, and what did not. */
  | 'PERFORMANCE_LINES'
  | '%future added value';

/** Compares with values of ExportWhat. */
export type ExportWhatFilter = {
  /** Is this. */
  eq?: InputMaybe<ExportWhat>;
  /** Is one of these. */
  in?: InputMaybe<Array<ExportWhat>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<ExportWhat>;
};

/** State of a partner's feedback on a bill. */
export type FeedbackState =
  /** The partner was right. */
  | 'ACCEPTED'
  /** Waits for the vendor's answer. */
  | 'OPEN'
  /** The bill was right. */
  | 'REJECTED'
  /** Taken back by the partner. */
  | 'WITHDRAWN'
  | '%future added value';

/** Compares with values of FeedbackState. */
export type FeedbackStateFilter = {
  /** Is this. */
  eq?: InputMaybe<FeedbackState>;
  /** Is one of these. */
  in?: InputMaybe<Array<FeedbackState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<FeedbackState>;
};

/** A file to come. */
export type FileCreateInput = {
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Its name, for people; 1 to 255 bytes, ending with pdf, ofd, xml, png or jpg, which its bytes must be. */
  name: Scalars['String']['input'];
  /** What it is for. */
  purpose: FilePurpose;
};

/** The outcome of `fileCreate`. */
export type FileCreatePayload = {
  /** The new file; it waits for its bytes. */
  file?: Maybe<StoredFile>;
  /** Where to PUT its bytes, at most 10 MiB, once, within a day; relative to the API's own address. */
  uploadUrl?: Maybe<Scalars['String']['output']>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Purpose of a stored file: it decides what the file may be attached to. */
export type FilePurpose =
  /** The output of an export. */
  | 'EXPORT'
  /** Belongs to a question or complaint. */
  | 'FEEDBACK'
  /** Attached to an opportunity. */
  | 'OPPORTUNITY'
  /** The invoice of a partner to the vendor. */
  | 'PARTNER_INVOICE'
  | '%future added value';

/** State of a stored file's bytes. */
export type FileState =
  /** Announced; waits for its bytes. */
  | 'AWAITING_UPLOAD'
  /** Its bytes are gone, or never came. */
  | 'DELETED'
  /** Its bytes are there. */
  | 'STORED'
  | '%future added value';

/** State of a withheld part of a bill. */
export type FreezeState =
  /** A correction of a later bill brought it instead. */
  | 'CORRECTED'
  /** The customer has not paid. */
  | 'FROZEN'
  /** The customer paid: it can be requested. */
  | 'RELEASED'
  | '%future added value';

/** Compares an id. Ids that do not exist, or name what the caller does not see, are no row's. */
export type IdFilter = {
  /** Is this. */
  eq?: InputMaybe<Scalars['ID']['input']>;
  /** Is one of these. */
  in?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<Scalars['ID']['input']>;
};

/** An import of a bill file, from its creation to its receipt. */
export type Import = Node & {
  /** The instant at which it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The name in the token of whoever made it. */
  createdBy: Scalars['String']['output'];
  /** Whether nothing is written, and the receipt says what would be. */
  dryRun: Scalars['Boolean']['output'];
  /** The reason why it failed, a stable code; null unless it did. */
  errorCode?: Maybe<Scalars['String']['output']>;
  /** The reason why it failed, in words; null for a failure on our side, which the log explains. */
  errorDetail?: Maybe<Scalars['String']['output']>;
  /** Name of the file, for people. */
  fileName: Scalars['String']['output'];
  /** The files of an import of several, as they were read; empty for one. */
  files: Array<ImportFile>;
  /** The instant at which it ended; null until then. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The format the file turned out to have, e.g. "FOCUS 1.0 CSV"; null until it was read. */
  format?: Maybe<Scalars['String']['output']>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The column that holds the provider's own id of a line. */
  lineIdColumn?: Maybe<Scalars['String']['output']>;
  /** Provider of native rows that name none. */
  nativeProvider: Scalars['String']['output'];
  /** The bytes and rows it has dealt with so far. */
  progress: ImportProgress;
  /** Counts what came of every row so far, and sums what the rows were worth. */
  receipt: ImportReceipt;
  /** The rows that were not taken in, in the order of the file. */
  rejects?: Maybe<ImportRejectConnection>;
  /** The address from which the rejected rows can be downloaded as CSV, relative to the API's own; null if there are none. The same bearer token opens it. */
  rejectsDownloadUrl?: Maybe<Scalars['String']['output']>;
  /** Whether the file is the whole truth for its accounts and months. */
  replace: Scalars['Boolean']['output'];
  /** Whether what the file bills is paid. */
  settled: Scalars['Boolean']['output'];
  /** The state of the import. */
  state: ImportState;
};


/** An import of a bill file, from its creation to its receipt. */
export type ImportRejectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of imports. */
export type ImportConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<ImportEdge>;
  /** The rows of this page. */
  nodes: Array<Import>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** An import to be made. */
export type ImportCreateInput = {
  /** Only with replace: nothing is written, and the receipt says what would be. */
  dryRun?: Scalars['Boolean']['input'];
  /** Name of the file, for people; 1 to 255 bytes. */
  fileName: Scalars['String']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The column that holds the provider's own id of a line, e.g. "x_LineItemId"; the format's own if not given. */
  lineIdColumn?: InputMaybe<Scalars['String']['input']>;
  /** Provider of native rows that name none. */
  nativeProvider?: Scalars['String']['input'];
  /** The file is the whole truth for its accounts and months: what is in and not in the file is taken back. */
  replace?: Scalars['Boolean']['input'];
  /** Whether what the file bills is paid. Rows of an unpaid file count once their invoice is marked paid. */
  settled: Scalars['Boolean']['input'];
  /** Size of the file in bytes, for progress; 0 if unknown. */
  totalBytes?: Scalars['BigInt']['input'];
};

/** The outcome of `importCreate`. */
export type ImportCreatePayload = {
  /** The new import; it waits for its file. */
  import?: Maybe<Import>;
  /** The address to PUT the file, once, within a day; relative to the API's own. */
  uploadUrl?: Maybe<Scalars['String']['output']>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** An import with its cursor. */
export type ImportEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: Import;
};

/** One of the files of an import. */
export type ImportFile = {
  /** Lines of the files before it: line numbers of the import are counted on. */
  linesBefore: Scalars['BigInt']['output'];
  /** Its name. */
  name: Scalars['String']['output'];
};

/** Conditions on imports. */
export type ImportFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<ImportFilter>>;
  /** By the instant of creation. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** By name of the file. */
  fileName?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<ImportFilter>>;
  /** By state. */
  state?: InputMaybe<ImportStateFilter>;
};

/** The order of imports. */
export type ImportOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: ImportOrderField;
};

/** What `imports` can be ordered by. */
export type ImportOrderField =
  /** The instant of creation. */
  | 'CREATED_AT'
  | '%future added value';

/** The bytes and rows that an import has dealt with so far. */
export type ImportProgress = {
  /** Rows that went through posting so far: it begins when the whole file was read and sorted. At the end it is the rows read less the rejected ones. */
  postedRows: Scalars['BigInt']['output'];
  /** Bytes read so far. */
  readBytes: Scalars['BigInt']['output'];
  /** Rows read so far. */
  rows: Scalars['BigInt']['output'];
  /** Size of the file in bytes, 0 if unknown. */
  totalBytes: Scalars['BigInt']['output'];
};

/** The receipt of an import: it accounts for every row, and to the last decimal for what the rows were worth. */
export type ImportReceipt = {
  /** SHA-256 of the file; null until it was read to its end. */
  digest?: Maybe<Scalars['String']['output']>;
  /** Rows that brought a charge that was not in. */
  rowsAccepted: Scalars['BigInt']['output'];
  /** Rows read: accepted, updated, unchanged and rejected ones. */
  rowsRead: Scalars['BigInt']['output'];
  /** Rows that could not be understood. */
  rowsRejected: Scalars['BigInt']['output'];
  /** Charges that were in and are not in a file that replaces: they are taken back. */
  rowsRemoved: Scalars['BigInt']['output'];
  /** Rows that an earlier import had already brought, and that say the same. */
  rowsUnchanged: Scalars['BigInt']['output'];
  /** Accepted rows of sellers about whom nobody decided whether they are the vendor itself; they wait until sellerNameDecide. */
  rowsUnclassified: Scalars['BigInt']['output'];
  /** Accepted rows of accounts that belonged to nobody; they wait until the account is linked. */
  rowsUnmatched: Scalars['BigInt']['output'];
  /** Rows that say something else of a charge that was in: its new version. Open months take the difference, closed months get a correction. */
  rowsUpdated: Scalars['BigInt']['output'];
  /** What the rows were worth, by currency. */
  totals?: Maybe<Array<ImportTotal>>;
};

/** A row of a file that was not taken in, and the reason. */
export type ImportReject = {
  /** The reason; a stable code. */
  code: Scalars['String']['output'];
  /** The column at fault; null for the whole row. */
  column?: Maybe<Scalars['String']['output']>;
  /** CSV: the line where the row starts, the header being line 1. Parquet: the row, from 1. */
  lineNo: Scalars['BigInt']['output'];
  /** What is wrong and how to cure it, in the request's language. */
  message: Scalars['String']['output'];
  /** The row as it stands in the file; bytes that are no text are replaced. */
  raw: Scalars['String']['output'];
};

/** A page of rejected rows. */
export type ImportRejectConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<ImportRejectEdge>;
  /** The rows of this page. */
  nodes: Array<ImportReject>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A rejected row with its cursor. */
export type ImportRejectEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: ImportReject;
};

/** State of an import. */
export type ImportState =
  /** Created; waits for the file. */
  | 'AWAITING_UPLOAD'
  /** Every row is accounted for. */
  | 'COMPLETED'
  /** Stopped with an error; can be resumed with the same file. */
  | 'FAILED'
  /** The file is here; waits for a worker. */
  | 'PENDING'
  /** Rows are being taken in. */
  | 'RUNNING'
  | '%future added value';

/** Compares with values of ImportState. */
export type ImportStateFilter = {
  /** Is this. */
  eq?: InputMaybe<ImportState>;
  /** Is one of these. */
  in?: InputMaybe<Array<ImportState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<ImportState>;
};

/** What the rows of an import were worth in one currency. */
export type ImportTotal = {
  /** Sum that the accepted rows, the changes of updated ones and what was taken back add, exact. */
  acceptedTotal: Scalars['Decimal']['output'];
  /** The currency of the sums. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** Sum of all readable rows of the file, exact. */
  sourceTotal: Scalars['Decimal']['output'];
  /** Sum of what was stored: the accepted total, rounded once to six decimals. */
  storedTotal: Scalars['Decimal']['output'];
};

/** What the vendor owes a partner for the performance of a month in one currency. */
export type IncentiveBill = Node & {
  /** What is earned: the sum of its lines. */
  amount: Money;
  /** The performance it rests on. */
  basis: Money;
  /** The instant at which it confirms itself; null while it is an estimate. */
  confirmBy?: Maybe<Scalars['DateTime']['output']>;
  /** The instant at which it was confirmed; null until then. */
  confirmedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The name in the token of whoever confirmed it; null until then. */
  confirmedBy?: Maybe<Scalars['String']['output']>;
  /** The instant at which it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The currency. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** The deadlines about it, open and closed, the next one due first. */
  deadlines?: Maybe<Array<Deadline>>;
  /** What it lets its partner request. */
  entitlements?: Maybe<IncentiveEntitlementConnection>;
  /** What its partner finds wrong with it or its lines, latest first. */
  feedback?: Maybe<BillFeedbackConnection>;
  /** The parts of it that are frozen because customers have not paid, also those that were released. */
  frozen?: Maybe<Array<IncentiveFreeze>>;
  /** What the caller can do about it now, in the request's language. */
  hint?: Maybe<Scalars['String']['output']>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The state in words, in the request's language. */
  label: Scalars['String']['output'];
  /** Its lines in order, with what rounding left over as a line of its own. */
  lines?: Maybe<IncentiveBillLineConnection>;
  /** The month. */
  month: Scalars['Month']['output'];
  /** The reason why it is parked for review, was until its release, or would be if the month became final as it is; null if it lies within what is usual. */
  parkedReason?: Maybe<ParkedReason>;
  /** The partner whose bill it is. */
  partner?: Maybe<Partner>;
  /** The payment requests that hold or held something of it. */
  paymentRequests?: Maybe<PaymentRequestConnection>;
  /** The run that wrote it; null for whoever may not see runs. */
  run?: Maybe<SettlementRun>;
  /** The state of the bill. */
  state: BillState;
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
};


/** What the vendor owes a partner for the performance of a month in one currency. */
export type IncentiveBillEntitlementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<IncentiveEntitlementFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<IncentiveEntitlementOrder>;
};


/** What the vendor owes a partner for the performance of a month in one currency. */
export type IncentiveBillFeedbackArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** What the vendor owes a partner for the performance of a month in one currency. */
export type IncentiveBillLinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** What the vendor owes a partner for the performance of a month in one currency. */
export type IncentiveBillPaymentRequestsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentRequestFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentRequestOrder>;
};

/** A bill to confirm, as you saw it. */
export type IncentiveBillConfirmInput = {
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The bill. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `incentiveBillConfirm`. */
export type IncentiveBillConfirmPayload = {
  /** The bill as it is now. */
  incentiveBill?: Maybe<IncentiveBill>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A page of incentive bills. */
export type IncentiveBillConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<IncentiveBillEdge>;
  /** The rows of this page. */
  nodes: Array<IncentiveBill>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A bill with its cursor. */
export type IncentiveBillEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: IncentiveBill;
};

/** Conditions on incentive bills. */
export type IncentiveBillFilter = {
  /** By what is earned. */
  amount?: InputMaybe<AmountFilter>;
  /** All of these hold too. */
  and?: InputMaybe<Array<IncentiveBillFilter>>;
  /** By currency. */
  currency?: InputMaybe<CurrencyFilter>;
  /** By month. */
  month?: InputMaybe<MonthFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<IncentiveBillFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** By state. */
  state?: InputMaybe<BillStateFilter>;
};

/** Which bills to issue. */
export type IncentiveBillIssueInput = {
  /** The bills, at most 100. */
  bills: Array<Seen>;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** What becomes of the others when one is refused. */
  policy?: BulkPolicy;
};

/** The outcome of `incentiveBillIssue`. */
export type IncentiveBillIssuePayload = {
  /** A row for each bill, in the order sent; empty if nothing was tried. */
  results: Array<IncentiveBillIssueResult>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** What became of one of them. */
export type IncentiveBillIssueResult = {
  /** The id that was sent. */
  id: Scalars['ID']['output'];
  /** The thing as it is now; null if the caller sees none. */
  incentiveBill?: Maybe<IncentiveBill>;
  /** Why it did not change; empty if it did. */
  userErrors: Array<UserError>;
};

/** A line of an incentive bill: performance times a rate, a correction, or what rounding left over. */
export type IncentiveBillLine = {
  /** What it earns, rounded once. */
  amount: Money;
  /** The performance it rests on. */
  basis: Money;
  /** The bill it stands on. */
  bill?: Maybe<IncentiveBill>;
  /** What it earns before rounding, exact. */
  exact: Scalars['Decimal']['output'];
  /** The kind of the line. */
  kind: BillLineKind;
  /** Its number in the bill, from 1. */
  lineNo: Scalars['Int']['output'];
  /** Association mode; null where it does not matter. */
  mode?: Maybe<AssociationMode>;
  /** A word on it, e.g. that a cap or minimum held; null if there is none. */
  note?: Maybe<Scalars['String']['output']>;
  /** The month the performance belongs to. */
  originMonth: Scalars['Month']['output'];
  /** The partner whose performance it is: the billed one, or a reseller of it; null for nobody. */
  partner?: Maybe<Partner>;
  /** The version of the policy that priced it; null if none did. */
  policy?: Maybe<IncentivePolicy>;
  /** Product class; null where it does not matter. */
  productClass?: Maybe<Scalars['String']['output']>;
  /** Its rate in parts per million. */
  ratePpm: Scalars['Int']['output'];
  /** The place of its rate in the policy; null if none priced it. */
  rateSeq?: Maybe<Scalars['Int']['output']>;
};

/** A page of bill lines. */
export type IncentiveBillLineConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<IncentiveBillLineEdge>;
  /** The rows of this page. */
  nodes: Array<IncentiveBillLine>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A bill line with its cursor. */
export type IncentiveBillLineEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: IncentiveBillLine;
};

/** The order of incentive bills. */
export type IncentiveBillOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: IncentiveBillOrderField;
};

/** What `incentiveBills` can be ordered by. */
export type IncentiveBillOrderField =
  /** What is earned. */
  | 'AMOUNT'
  /** The month. */
  | 'MONTH'
  | '%future added value';

/** A parked bill that is right after all, as you saw it. */
export type IncentiveBillReleaseInput = {
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The bill. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** What the review found, 1 to 1000 characters; it stands in the audit trail. */
  reason: Scalars['String']['input'];
};

/** The outcome of `incentiveBillRelease`. */
export type IncentiveBillReleasePayload = {
  /** The bill as it is now. */
  incentiveBill?: Maybe<IncentiveBill>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Incentive of an issued bill that a partner may request, or owes when below zero: that is set off first and never lapses. */
export type IncentiveEntitlement = Node & {
  /** The amount of the incentive; below zero what is owed. */
  amount: Money;
  /** The instant from which it can be requested. */
  availableFrom: Scalars['DateTime']['output'];
  /** The bill it comes from; null for what comes from a claim. */
  bill?: Maybe<IncentiveBill>;
  /** The claim of the incentive for an opportunity it comes from; null for what comes from a bill. */
  claim?: Maybe<PceClaim>;
  /** The instant at which it lapses if it was not requested; null for what is owed. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The source it comes from. */
  kind: EntitlementKind;
  /** Consulting or resale: decides about the ways of payment. */
  mode: AssociationMode;
  /** The month of that bill, or in which the claim was confirmed. */
  month: Scalars['Month']['output'];
  /** The partner whose it is. */
  partner?: Maybe<Partner>;
  /** The payment request that holds it. */
  paymentRequest?: Maybe<PaymentRequest>;
  /** Where it stands; whether it is requested or paid, its payment request says. */
  state: EntitlementState;
};

/** A page of entitlements. */
export type IncentiveEntitlementConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<IncentiveEntitlementEdge>;
  /** The rows of this page. */
  nodes: Array<IncentiveEntitlement>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** An entitlement with its cursor. */
export type IncentiveEntitlementEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: IncentiveEntitlement;
};

/** Conditions on entitlements. */
export type IncentiveEntitlementFilter = {
  /** By amount. */
  amount?: InputMaybe<AmountFilter>;
  /** All of these hold too. */
  and?: InputMaybe<Array<IncentiveEntitlementFilter>>;
  /** By when it can be requested. */
  availableFrom?: InputMaybe<DateTimeFilter>;
  /** By bill. */
  bill?: InputMaybe<IdFilter>;
  /** By currency. */
  currency?: InputMaybe<CurrencyFilter>;
  /** By month of the bill. */
  month?: InputMaybe<MonthFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<IncentiveEntitlementFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** By state. */
  state?: InputMaybe<EntitlementStateFilter>;
};

/** The order of entitlements. */
export type IncentiveEntitlementOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: IncentiveEntitlementOrderField;
};

/** What `incentiveEntitlements` can be ordered by. */
export type IncentiveEntitlementOrderField =
  /** The amount. */
  | 'AMOUNT'
  /** When it was made. */
  | 'CREATED_AT'
  | '%future added value';

/** What a month would earn by consumption that a customer has not paid. It can be requested from the day after the customer paid it. */
export type IncentiveFreeze = {
  /** The amount of the incentive; below zero what is owed. */
  amount: Money;
  /** The customer that has not paid. */
  customer?: Maybe<Customer>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Consulting or resale. */
  mode: AssociationMode;
  /** The later bill that took the release into account. */
  nettedBy?: Maybe<IncentiveBill>;
  /** The customer paid: it is released at this instant. */
  releaseAt?: Maybe<Scalars['DateTime']['output']>;
  /** The part that is still frozen, or was released. */
  remaining: Money;
  /** Where it stands. */
  state: FreezeState;
  /** The amount that was not paid when the bill was issued, which is the reason of the freeze. */
  unpaid: Money;
};

/** A version of an incentive policy. The version with the latest first month not after a month prices it. */
export type IncentivePolicy = Node & {
  /** The instant at which it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The name in the token of whoever made it. */
  createdBy: Scalars['String']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The name that its versions share. */
  name: Scalars['String']['output'];
  /** Its rates in the order of matching, at most 200. The first one that fits prices a line. */
  rates?: Maybe<Array<IncentiveRate>>;
  /** First month it prices. */
  validFrom: Scalars['Month']['output'];
  /** Last month it prices; null if none is set. */
  validTo?: Maybe<Scalars['Month']['output']>;
  /** Number of the version, from 1. */
  version: Scalars['Int']['output'];
};

/** A page of incentive policies. */
export type IncentivePolicyConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<IncentivePolicyEdge>;
  /** The rows of this page. */
  nodes: Array<IncentivePolicy>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A version of a policy to be made. */
export type IncentivePolicyCreateInput = {
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The name that its versions share, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** Its rates in the order of matching, 1 to 200. */
  rates: Array<IncentiveRateInput>;
  /** First month it prices; not final yet. */
  validFrom: Scalars['Month']['input'];
};

/** The outcome of `incentivePolicyCreate`. */
export type IncentivePolicyCreatePayload = {
  /** The new version. */
  incentivePolicy?: Maybe<IncentivePolicy>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A version of a policy with its cursor. */
export type IncentivePolicyEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: IncentivePolicy;
};

/** Conditions on versions of policies. */
export type IncentivePolicyFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<IncentivePolicyFilter>>;
  /** By name. */
  name?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<IncentivePolicyFilter>>;
  /** By first month. */
  validFrom?: InputMaybe<MonthFilter>;
};

/** The order of policies. */
export type IncentivePolicyOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: IncentivePolicyOrderField;
};

/** What `incentivePolicies` can be ordered by. */
export type IncentivePolicyOrderField =
  /** Name and version. */
  | 'NAME'
  /** First month. */
  | 'VALID_FROM'
  | '%future added value';

/** A rate, and what it fits. */
export type IncentiveRate = {
  /** Most that can be earned with this rate in a month, in units of the bill's currency; null for no bound. */
  cap?: Maybe<Scalars['Decimal']['output']>;
  /** Performance below which nothing is earned, in units of the bill's currency; null for no minimum. */
  minimum?: Maybe<Scalars['Decimal']['output']>;
  /** The one mode it fits; null for any. */
  mode?: Maybe<AssociationMode>;
  /** The one kind of partners it fits; null for any. */
  partnerKind?: Maybe<PartnerKind>;
  /** The one product class it fits; null for any. */
  productClass?: Maybe<Scalars['String']['output']>;
  /** The rate in parts per million: 50000 is 5 %. */
  ratePpm: Scalars['Int']['output'];
  /** Its place in the order of matching, from 1. */
  seq: Scalars['Int']['output'];
  /** Whether it fits only products whose policy of the month is SPECIFIC. */
  specificOnly: Scalars['Boolean']['output'];
  /** The one tier of partners it fits; null for any. */
  tier?: Maybe<Scalars['String']['output']>;
};

/** A rate to be made. */
export type IncentiveRateInput = {
  /** Most that can be earned with this rate in a month; at most 2 decimals. */
  cap?: InputMaybe<Scalars['Decimal']['input']>;
  /** Performance below which nothing is earned; no minimum if not given; at most 2 decimals. */
  minimum?: InputMaybe<Scalars['Decimal']['input']>;
  /** The one mode it fits; any if not given. */
  mode?: InputMaybe<AssociationMode>;
  /** The one kind of partners it fits; any if not given. */
  partnerKind?: InputMaybe<PartnerKind>;
  /** The one product class it fits; any if not given. */
  productClass?: InputMaybe<Scalars['String']['input']>;
  /** The rate in parts per million, 0 to 1000000. */
  ratePpm: Scalars['Int']['input'];
  /** Whether it fits only products whose policy of the month is SPECIFIC. */
  specificOnly?: Scalars['Boolean']['input'];
  /** The one tier of partners it fits; any if not given. */
  tier?: InputMaybe<Scalars['String']['input']>;
};

/** A refusal that its message explains. */
export type InputError = UserError & {
  /** The code of the vendor's catalogue, where it has one. */
  cbcCode?: Maybe<Scalars['String']['output']>;
  /** Which of the closed list; stable. */
  code: UserErrorCode;
  /** The field at fault of what the input names, where the input itself has no such field: `customerName` of an opportunity that is submitted, a column of a file. Null otherwise. */
  field?: Maybe<Scalars['String']['output']>;
  /** What is wrong and how to cure it, in the request's language. */
  message: Scalars['String']['output'];
  /** Where in the input as it was sent, outermost first, the places in lists as numbers; null for the whole input. */
  path?: Maybe<Array<Scalars['String']['output']>>;
};

/** An invoice of the vendor: what is paid together. */
export type Invoice = Node & {
  /** The instant at which a bill first named it. */
  createdAt: Scalars['DateTime']['output'];
  /** Its one currency. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Its number. Unpaid rows of bills without one are under account/YYYY-MM/CUR. */
  invoiceNo: Scalars['String']['output'];
  /** The instant at which it was paid; null while it is not marked so. */
  paidAt?: Maybe<Scalars['DateTime']['output']>;
  /** The provider that issued it. */
  provider: Scalars['String']['output'];
  /** Grows with every change. */
  version: Scalars['Int']['output'];
};

/** A page of invoices. */
export type InvoiceConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<InvoiceEdge>;
  /** The rows of this page. */
  nodes: Array<Invoice>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** An invoice with its cursor. */
export type InvoiceEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: Invoice;
};

/** Conditions on invoices. */
export type InvoiceFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<InvoiceFilter>>;
  /** By the instant at which a bill first named it. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** By currency. */
  currency?: InputMaybe<CurrencyFilter>;
  /** By number. */
  invoiceNo?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<InvoiceFilter>>;
  /** Whether it was marked paid. */
  paid?: InputMaybe<Scalars['Boolean']['input']>;
  /** By provider. */
  provider?: InputMaybe<StringFilter>;
};

/** An invoice that was paid. */
export type InvoiceMarkPaidInput = {
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Its number. */
  invoiceNo: Scalars['String']['input'];
  /** The instant at which it was paid; now if not given. */
  paidAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The provider that issued it. */
  provider: Scalars['String']['input'];
};

/** The outcome of `invoiceMarkPaid`. */
export type InvoiceMarkPaidPayload = {
  /** The invoice as it is now. */
  invoice?: Maybe<Invoice>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The order of invoices. */
export type InvoiceOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: InvoiceOrderField;
};

/** What `invoices` can be ordered by. */
export type InvoiceOrderField =
  /** The instant at which a bill first named it. */
  | 'CREATED_AT'
  /** Provider and number. */
  | 'NUMBER'
  | '%future added value';

/** Something that the workers do again and again. Each job fails alone, and of most only one worker is at it at a time. */
export type Job = {
  /** What it does, in the language of the request. */
  description: Scalars['String']['output'];
  /** Failures in a row; 0 after a success. */
  failures: Scalars['Int']['output'];
  /** How long its last finished run took, in microseconds; null before the first one. */
  lastDurationMicros?: Maybe<Scalars['BigInt']['output']>;
  /** When its last finished run ended, well or badly; null before the first one. */
  lastEndedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it failed last, in the words of the program; kept after a success, null if it never failed. */
  lastError?: Maybe<Scalars['String']['output']>;
  /** When it failed last; null if it never did. */
  lastFailedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How its last finished run ended; null before the first one. */
  lastResult?: Maybe<JobResult>;
  /** When its last run began; null before the first one. */
  lastStartedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its name, the same in logs, metrics and /readyz; never changes. */
  name: Scalars['String']['output'];
  /** When its next run is due at the latest; null before the first one, and while it is held. */
  nextDueAt?: Maybe<Scalars['DateTime']['output']>;
  /** Longest time from one run to the next, in seconds. Most jobs run sooner when work waits for them. */
  periodSeconds: Scalars['Int']['output'];
  /** Where it stands now. */
  state: JobState;
};

/** Result of the last turn of a recurring task of the workers. */
export type JobResult =
  /** It ended with an error, or had to be stopped; it is tried again before its period is over. */
  | 'FAILED'
  /** It did what was due. */
  | 'SUCCEEDED'
  | '%future added value';

/** Where a recurring job stands. */
export type JobState =
  /** It failed and will be tried again; see lastError. */
  | 'FAILING'
  /** An operator holds it: nobody takes it. */
  | 'HELD'
  /** It has been due for five minutes and nobody takes it: no worker runs. */
  | 'OVERDUE'
  /** A worker is at it. */
  | 'RUNNING'
  /** It ended well, or never ran, and waits for its time or for work. */
  | 'WAITING'
  | '%future added value';

/** An account of the ledger. Each partner has one of each in every currency; together they are zero. */
export type LedgerAccount =
  /** Owed by the partner, to be set off: at or below zero. */
  | 'CARRIED'
  /** The other side of what the partner earned: never above zero as a whole. */
  | 'EARNED'
  /** Earned, but customers have not paid yet. */
  | 'FROZEN'
  /** In a payment request that is under way. */
  | 'IN_PAYOUT'
  /** Lapsed because it was not requested in time. */
  | 'LAPSED'
  /** Paid out to the partner. */
  | 'PAID'
  /** Owed to the partner and free to be requested. */
  | 'PAYABLE'
  | '%future added value';

/** What an account of a partner holds. All accounts of a currency together are zero. */
export type LedgerBalance = {
  /** The account. */
  account: LedgerAccount;
  /** The amount that the account holds or is given. */
  amount: Money;
};

/** One side of a posting. */
export type LedgerEntry = {
  /** The account. */
  account: LedgerAccount;
  /** The amount that the account holds or is given. */
  amount: Money;
  /** The balance of the account after the posting. */
  balance: Money;
};

/** A posting of a partner's ledger: sides that add up to zero, chained to the posting before it by its hash. */
export type LedgerPosting = {
  /** The instant of the posting. */
  at: Scalars['DateTime']['output'];
  /** What moved it; null for what is not the caller's to see. */
  entity?: Maybe<Node>;
  /** The id of what moved it. */
  entityId: Scalars['ID']['output'];
  /** Its sides. */
  entries?: Maybe<Array<LedgerEntry>>;
  /** SHA-256 in hex over the hash before it and everything it says. */
  hash: Scalars['String']['output'];
  /** The name of what moved the money. */
  kind: Scalars['String']['output'];
  /** The partner whose ledger it is. */
  partner?: Maybe<Partner>;
  /** Its number in the partner's ledger, from 1 without a gap. */
  seq: Scalars['String']['output'];
};

/** A page of postings. */
export type LedgerPostingConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<LedgerPostingEdge>;
  /** The rows of this page. */
  nodes: Array<LedgerPosting>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A posting with its cursor. */
export type LedgerPostingEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: LedgerPosting;
};

/** Conditions on postings. */
export type LedgerPostingFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<LedgerPostingFilter>>;
  /** By when. */
  at?: InputMaybe<DateTimeFilter>;
  /** By the id of what moved it. */
  entity?: InputMaybe<IdFilter>;
  /** By what moved the money. */
  kind?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<LedgerPostingFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
};

/** The order of postings. */
export type LedgerPostingOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: LedgerPostingOrderField;
};

/** What `ledgerPostings` can be ordered by. */
export type LedgerPostingOrderField =
  /** The instant of the posting. */
  | 'AT'
  /** Partner by partner, in the order of its chain. */
  | 'CHAIN'
  | '%future added value';

/** An account in which the customer of an opportunity buys. */
export type LinkedAccount = {
  /** The account; null if the caller does not see it. */
  account?: Maybe<CloudAccount>;
  /** The instant at which it was linked. */
  linkedAt: Scalars['DateTime']['output'];
  /** The person who linked it. */
  linkedBy: Scalars['String']['output'];
};

/** An order of the customer; it belongs to one opportunity. */
export type LinkedOrder = {
  /** The instant at which it was linked. */
  linkedAt: Scalars['DateTime']['output'];
  /** The person who linked it. */
  linkedBy: Scalars['String']['output'];
  /** The order's number. */
  number: Scalars['String']['output'];
};

/** Category of a product of the marketplace: the vendor's fees follow from it. */
export type MarketplaceCategory =
  /** Goods of the marketplace. */
  | 'GOODS'
  /** Solutions of the marketplace. */
  | 'SOLUTIONS'
  | '%future added value';

/** Compares with values of MarketplaceCategory. */
export type MarketplaceCategoryFilter = {
  /** Is this. */
  eq?: InputMaybe<MarketplaceCategory>;
  /** Is one of these. */
  in?: InputMaybe<Array<MarketplaceCategory>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<MarketplaceCategory>;
};

/** The category of a product, to be set. */
export type MarketplaceCategorySetInput = {
  /** Its category. */
  category: MarketplaceCategory;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The product. */
  productId: Scalars['ID']['input'];
};

/** The outcome of `marketplaceCategorySet`. */
export type MarketplaceCategorySetPayload = {
  /** The product as it is now. */
  product?: Maybe<Product>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** What was sold to a customer of a product in a month, and what of it is billed. */
export type MarketplaceLine = {
  /** The amount that bills hold of it. */
  billed: Money;
  /** The category of the product. */
  category: MarketplaceCategory;
  /** The currency. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** The customer that bought; null if the caller does not see it, or the account is nobody's. */
  customer?: Maybe<Customer>;
  /** The state as people read it, in the request's language. */
  label: Scalars['String']['output'];
  /** The month of the payments. */
  month: Scalars['Month']['output'];
  /** The partner of that name; null if it is no partner's. */
  partner?: Maybe<Partner>;
  /** The product that was sold. */
  product?: Maybe<Product>;
  /** The reason why it is not, or not all, billed; null if it is. */
  reason?: Maybe<UnbilledReason>;
  /** The reason as people read it, in the request's language. */
  reasonText?: Maybe<Scalars['String']['output']>;
  /** The amount that the customer paid in money, not vouchers, coupons, bonus or write-offs. */
  sales: Money;
  /** The name under which was sold. */
  seller: Scalars['String']['output'];
  /** Whether all of it is billed. */
  state: MarketplaceLineState;
  /** The amount that the customer has not paid yet. */
  unpaid: Money;
};

/** A page of what was sold. */
export type MarketplaceLineConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<MarketplaceLineEdge>;
  /** The rows of this page. */
  nodes: Array<MarketplaceLine>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A line with its cursor. */
export type MarketplaceLineEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: MarketplaceLine;
};

/** Conditions on what was sold. */
export type MarketplaceLineFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<MarketplaceLineFilter>>;
  /** Whether all of it is billed. */
  billed?: InputMaybe<Scalars['Boolean']['input']>;
  /** By category. */
  category?: InputMaybe<MarketplaceCategoryFilter>;
  /** By currency. */
  currency?: InputMaybe<CurrencyFilter>;
  /** By customer. */
  customer?: InputMaybe<IdFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<MarketplaceLineFilter>>;
  /** By the partner that sold. */
  partner?: InputMaybe<IdFilter>;
  /** By product. */
  product?: InputMaybe<IdFilter>;
  /** By the name under which was sold. */
  seller?: InputMaybe<StringFilter>;
};

/** The order of what was sold. */
export type MarketplaceLineOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: MarketplaceLineOrderField;
};

/** What `marketplaceLines` can be ordered by. */
export type MarketplaceLineOrderField =
  /** The amount that the customer paid. */
  | 'SALES'
  /** The name under which was sold. */
  | 'SELLER'
  | '%future added value';

/** Whether sales were billed. */
export type MarketplaceLineState =
  /** All of it. */
  | 'BILLED'
  /** Not, or not all of it. */
  | 'NOT_BILLED'
  | '%future added value';

/** What the vendor takes of marketplace sales from a month on. The latest terms that began hold; a seller's own win. */
export type MarketplaceTerms = Node & {
  /** For which category. */
  category: MarketplaceCategory;
  /** The instant at which they were set. */
  createdAt: Scalars['DateTime']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Whether the seller confirms a bill before it is countersigned. */
  needsConfirmation: Scalars['Boolean']['output'];
  /** Operating fee, in parts per million of sales. */
  operatingFeePpm: Scalars['Int']['output'];
  /** For whom; null for every seller without terms of its own. */
  partner?: Maybe<Partner>;
  /** Platform fee, in parts per million of sales. */
  platformFeePpm: Scalars['Int']['output'];
  /** First month of sales they hold for. */
  validFrom: Scalars['Month']['output'];
};

/** A page of terms. */
export type MarketplaceTermsConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<MarketplaceTermsEdge>;
  /** The rows of this page. */
  nodes: Array<MarketplaceTerms>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** Terms with their cursor. */
export type MarketplaceTermsEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: MarketplaceTerms;
};

/** Conditions on terms. */
export type MarketplaceTermsFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<MarketplaceTermsFilter>>;
  /** By category. */
  category?: InputMaybe<MarketplaceCategoryFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<MarketplaceTermsFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** By the month they begin with. */
  validFrom?: InputMaybe<MonthFilter>;
};

/** The order of terms. */
export type MarketplaceTermsOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: MarketplaceTermsOrderField;
};

/** What `marketplaceTerms` can be ordered by. */
export type MarketplaceTermsOrderField =
  /** The month they begin with. */
  | 'VALID_FROM'
  | '%future added value';

/** Terms to be set. */
export type MarketplaceTermsSetInput = {
  /** For which category. */
  category: MarketplaceCategory;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Whether the seller confirms a bill before it is countersigned. */
  needsConfirmation?: Scalars['Boolean']['input'];
  /** Operating fee, in parts per million of sales. */
  operatingFeePpm: Scalars['Int']['input'];
  /** For whom; null for every seller without terms of its own. */
  partnerId?: InputMaybe<Scalars['ID']['input']>;
  /** Platform fee, in parts per million of sales. */
  platformFeePpm: Scalars['Int']['input'];
  /** First month of sales they hold for. Nothing of it, or of a later month, may be billed by other terms. */
  validFrom: Scalars['Month']['input'];
};

/** The outcome of `marketplaceTermsSet`. */
export type MarketplaceTermsSetPayload = {
  /** The terms as they are now. */
  marketplaceTerms?: Maybe<MarketplaceTerms>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** What somebody was told of an event by mail, or should have been. */
export type Message = Node & {
  /** Attempts begun. */
  attempts: Scalars['Int']['output'];
  /** As whom the recipient is told. */
  audience: MessageAudience;
  /** Its text. */
  body: Scalars['String']['output'];
  /** The instant at which it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** The event that is told. */
  event?: Maybe<Event>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The language it is written in: en or zh-CN. */
  language: Scalars['String']['output'];
  /** What went wrong last, in the words of the mail server, or why it is not sent. */
  lastError?: Maybe<Scalars['String']['output']>;
  /** The Message-ID header: the same in every attempt. */
  messageId: Scalars['String']['output'];
  /** The mail address; the audience in brackets where none is known. */
  recipient: Scalars['String']['output'];
  /** The instant at which the next attempt is due; null once there is none. */
  retryAt?: Maybe<Scalars['DateTime']['output']>;
  /** The instant at which the mail server took it; null before. */
  sentAt?: Maybe<Scalars['DateTime']['output']>;
  /** The state of the message. */
  state: MessageState;
  /** Its subject. */
  subject: Scalars['String']['output'];
  /** The name of the text it was made from. */
  template: Scalars['String']['output'];
};

/** People who are told of an event by mail. */
export type MessageAudience =
  /** The approvers whose voice is waited for. */
  | 'APPROVER'
  /** The vendor's finance. */
  | 'FINANCE'
  /** The vendor's operations. */
  | 'OPERATIONS'
  /** The partner it concerns. */
  | 'PARTNER'
  /** The reviewers of the office that looks after an opportunity. */
  | 'REVIEWER'
  | '%future added value';

/** Compares with values of MessageAudience. */
export type MessageAudienceFilter = {
  /** Is this. */
  eq?: InputMaybe<MessageAudience>;
  /** Is one of these. */
  in?: InputMaybe<Array<MessageAudience>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<MessageAudience>;
};

/** A page of messages. */
export type MessageConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<MessageEdge>;
  /** The rows of this page. */
  nodes: Array<Message>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A message with its cursor. */
export type MessageEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: Message;
};

/** Conditions on messages. */
export type MessageFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<MessageFilter>>;
  /** By as whom the recipient is told. */
  audience?: InputMaybe<MessageAudienceFilter>;
  /** By when they were made. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** By event. */
  event?: InputMaybe<IdFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<MessageFilter>>;
  /** By mail address. */
  recipient?: InputMaybe<StringFilter>;
  /** By where they stand. */
  state?: InputMaybe<MessageStateFilter>;
};

/** The order of messages. */
export type MessageOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: MessageOrderField;
};

/** What `messages` can be ordered by. */
export type MessageOrderField =
  /** When it was made. */
  | 'CREATED_AT'
  | '%future added value';

/** Which message to try again. */
export type MessageRetryInput = {
  /** The message. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `messageRetry`. */
export type MessageRetryPayload = {
  /** The message as it is now. */
  message?: Maybe<Message>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** State of a message. */
export type MessageState =
  /** Given up, with the reason. */
  | 'FAILED'
  /** Waits to be sent, or for its next attempt. */
  | 'PENDING'
  /** The mail server took it. */
  | 'SENT'
  /** Not sent at all, with the reason: nobody to send it to, or nothing to send it by. */
  | 'SUPPRESSED'
  | '%future added value';

/** Compares with values of MessageState. */
export type MessageStateFilter = {
  /** Is this. */
  eq?: InputMaybe<MessageState>;
  /** Is one of these. */
  in?: InputMaybe<Array<MessageState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<MessageState>;
};

/** An exact amount of a currency. */
export type Money = {
  /** The amount in units of the currency, with exactly the currency's decimals; with more, at most six, only if it is a fraction. */
  amount: Scalars['Decimal']['output'];
  /** The currency of the amount. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** Whether it is no whole number of the currency's smallest unit, as prices before rounding are. */
  isFraction: Scalars['Boolean']['output'];
};

/** Compares a month. */
export type MonthFilter = {
  /** Is this. */
  eq?: InputMaybe<Scalars['Month']['input']>;
  /** Is more or later than this. */
  gt?: InputMaybe<Scalars['Month']['input']>;
  /** Is this, more or later. */
  gte?: InputMaybe<Scalars['Month']['input']>;
  /** Is one of these. */
  in?: InputMaybe<Array<Scalars['Month']['input']>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is less or earlier than this. */
  lt?: InputMaybe<Scalars['Month']['input']>;
  /** Is this, less or earlier. */
  lte?: InputMaybe<Scalars['Month']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<Scalars['Month']['input']>;
};

/** State of a month of the programme. */
export type MonthState =
  /** The draft was made: feedback is taken. */
  | 'DRAFT'
  /** At least one estimate was made. */
  | 'ESTIMATED'
  /** Closed for ever: what comes later is a correction in an open month. */
  | 'FINAL'
  /** Facts come in. */
  | 'OPEN'
  | '%future added value';

/** Compares with values of MonthState. */
export type MonthStateFilter = {
  /** Is this. */
  eq?: InputMaybe<MonthState>;
  /** Is one of these. */
  in?: InputMaybe<Array<MonthState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<MonthState>;
};

/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type Mutation = {
  /** Corrects an association in the past. Closed months keep what they say; the difference becomes correction lines in the open month. */
  associationCorrect?: Maybe<AssociationCorrectPayload>;
  /** Associates a customer with a partner. */
  associationCreate?: Maybe<AssociationCreatePayload>;
  /** Ends an association at an instant. */
  associationEnd?: Maybe<AssociationEndPayload>;
  /** Moves a customer to another partner or mode at an instant, in one step. */
  associationTransfer?: Maybe<AssociationTransferPayload>;
  /** Answers feedback. What was right is mended as any fact is, by a corrected association, an import, an invoice or a product policy; what comes of it stands on this bill or, once its month is final, on a later one. */
  billFeedbackAnswer?: Maybe<BillFeedbackAnswerPayload>;
  /** Says what is wrong with a bill of one's own, or with one of its lines: while its month is a draft, or the bill waits to be confirmed. Until it is answered or taken back the bill is not confirmed. */
  billFeedbackCreate?: Maybe<BillFeedbackCreatePayload>;
  /** Takes one's own feedback back. */
  billFeedbackWithdraw?: Maybe<BillFeedbackWithdrawPayload>;
  /** Sets what is known of a partner's business, and whether it is certified. What is left out stays as it is. */
  businessInformationSet?: Maybe<BusinessInformationSetPayload>;
  /** Takes a calendar in, in place of what stood for its years. Deadlines that are set keep their instants. */
  calendarImport?: Maybe<CalendarImportPayload>;
  /** Links an account to a customer, once. Payments that waited for it are taken in. */
  cloudAccountLink?: Maybe<CloudAccountLinkPayload>;
  /** Sets from when on which customers cool off how long when they change their partner. */
  coolingOffRuleSet?: Maybe<CoolingOffRuleSetPayload>;
  /** Puts a person on the list of approvers. Rounds that are open keep theirs. */
  countersignApproverAdd?: Maybe<CountersignApproverAddPayload>;
  /** Takes a line off the list of approvers. */
  countersignApproverRemove?: Maybe<CountersignApproverRemovePayload>;
  /** Agrees to a payment request or refuses it, as an approver who was asked. */
  countersignVote?: Maybe<CountersignVotePayload>;
  /** Makes a customer. */
  customerCreate?: Maybe<CustomerCreatePayload>;
  /** Says of a customer whether it is long-tail. Its cooling-off is derived anew; closed months get corrections. */
  customerLongTailSet?: Maybe<CustomerLongTailSetPayload>;
  /** Sets the profiles of many customers, from a file. */
  customerProfileImport?: Maybe<CustomerProfileImportPayload>;
  /** Sets the name and number of a customer in law, and the office that owns it. Opportunities sent from now on go by it, and claims. */
  customerProfileSet?: Maybe<CustomerProfileSetPayload>;
  /** Asks for data to be written out. Only rows that the caller sees are written. */
  exportCreate?: Maybe<ExportCreatePayload>;
  /** Announces a file and says where to put its bytes. */
  fileCreate?: Maybe<FileCreatePayload>;
  /** Makes an import and gives the address to put its file. */
  importCreate?: Maybe<ImportCreatePayload>;
  /** Confirms an incentive bill. A partner confirms its own. */
  incentiveBillConfirm?: Maybe<IncentiveBillConfirmPayload>;
  /** Issues confirmed bills: what they earn can be requested, but for what customers have not paid. */
  incentiveBillIssue?: Maybe<IncentiveBillIssuePayload>;
  /** Releases a bill that was parked for review: from now on it waits for its partner. */
  incentiveBillRelease?: Maybe<IncentiveBillReleasePayload>;
  /** Makes the next version of an incentive policy. */
  incentivePolicyCreate?: Maybe<IncentivePolicyCreatePayload>;
  /** Marks an invoice paid: its unpaid amounts count from then on. */
  invoiceMarkPaid?: Maybe<InvoiceMarkPaidPayload>;
  /** Sets the category of a product that is sold on the marketplace. */
  marketplaceCategorySet?: Maybe<MarketplaceCategorySetPayload>;
  /** Sets what the vendor takes of sales from a month on. */
  marketplaceTermsSet?: Maybe<MarketplaceTermsSetPayload>;
  /** Has a message tried again that is FAILED, or addressed again that is SUPPRESSED: a worker does it soon after. */
  messageRetry?: Maybe<MessageRetryPayload>;
  /** Takes in offices with their areas and people, all or none. */
  officeImport?: Maybe<OfficeImportPayload>;
  /** Takes an opportunity of one's office, so that no colleague works on it too, or lets it go. Coordinators take any. */
  opportunityClaim?: Maybe<OpportunityClaimPayload>;
  /** Comments on an opportunity in any state. The partner that has it now reads the comment, and no later one does. */
  opportunityCommentAdd?: Maybe<OpportunityCommentAddPayload>;
  /** Hides the person of an opportunity that one's own side shares from the other side, or shows it again. The side that hides it sees it as before. */
  opportunityContactHide?: Maybe<OpportunityContactHidePayload>;
  /** Copies an opportunity of one's own that was rejected or closed to a new draft. */
  opportunityCopy?: Maybe<OpportunityCopyPayload>;
  /** Saves an opportunity of one's own as a draft, which nobody else sees. */
  opportunityCreate?: Maybe<OpportunityCreatePayload>;
  /** Deletes a draft of one's own. */
  opportunityDelete?: Maybe<OpportunityDeletePayload>;
  /** Decides whether two opportunities are the same. Of two that are, one passes; if one has passed, the other is rejected at once. Operations may, coordinators, and people of an office that looks after one of them. */
  opportunityDuplicateDecide?: Maybe<OpportunityDuplicateDecidePayload>;
  /** Attaches an uploaded file to an opportunity, at most 50 to one. Both sides see files that are not internal. */
  opportunityFileAttach?: Maybe<OpportunityFileAttachPayload>;
  /** Detaches a file that one's own side attached. */
  opportunityFileDetach?: Maybe<OpportunityFileDetachPayload>;
  /** Makes opportunities of the vendor known from a file of its CRM; they are then to be offered. A number that was taken in before changes nothing. */
  opportunityImport?: Maybe<OpportunityImportPayload>;
  /** Links an opportunity that passed to accounts and orders of its customer; without a customer it gets that of the accounts. What is linked already stays. */
  opportunityLink?: Maybe<OpportunityLinkPayload>;
  /** Moves opportunities from state to state. Each says which operations are possible, and for whom (allowedOperations). */
  opportunityMove?: Maybe<OpportunityMovePayload>;
  /** Offers an opportunity of the vendor to a partner, who has three working days to accept or refuse it. A partner that refuses or does not answer is followed by the next recipient by itself. */
  opportunityOffer?: Maybe<OpportunityOfferPayload>;
  /** Reports the progress of an opportunity that passed and has not ended; the first report begins the work together. Reports are appended, so no version is asked for. */
  opportunityProgressAdd?: Maybe<OpportunityProgressAddPayload>;
  /** Gives opportunities to another office, or to one of its people. Operations and coordinators may. One that a reviewer took is free again, unless a person gets it. */
  opportunityReassignMany?: Maybe<OpportunityMovePayload>;
  /** Makes an opportunity of the vendor known, which is then to be offered to a partner. */
  opportunityShare?: Maybe<OpportunitySharePayload>;
  /** Unlinks accounts and orders; those that are not linked are passed over. What a claim rests on stays. */
  opportunityUnlink?: Maybe<OpportunityUnlinkPayload>;
  /** Changes what an opportunity says: the fields that your side may change in its state (editableFields). */
  opportunityUpdate?: Maybe<OpportunityUpdatePayload>;
  /** Deletes a view of one's own. */
  opportunityViewDelete?: Maybe<OpportunityViewDeletePayload>;
  /** Keeps a view of one's own: a new one, or a change of one. */
  opportunityViewSave?: Maybe<OpportunityViewSavePayload>;
  /** Makes a partner. */
  partnerCreate?: Maybe<PartnerCreatePayload>;
  /** Registers an invoice for a payment request that waits for it. A partner for its own. */
  partnerInvoiceRegister?: Maybe<PartnerInvoiceRegisterPayload>;
  /** Refuses one invoice in review: its request waits until the partner has replaced it. */
  partnerInvoiceReject?: Maybe<PartnerInvoiceRejectPayload>;
  /** Takes an invoice back that was not signed for. Its number stays used. */
  partnerInvoiceWithdraw?: Maybe<PartnerInvoiceWithdrawPayload>;
  /** Makes an offering known. */
  partnerOfferingCreate?: Maybe<PartnerOfferingCreatePayload>;
  /** Changes an offering. */
  partnerOfferingUpdate?: Maybe<PartnerOfferingUpdatePayload>;
  /** Requests payment of issued incentives. A partner for itself. */
  paymentRequestCreate?: Maybe<PaymentRequestCreatePayload>;
  /** Moves payment requests from state to state. Which operations are possible, and for whom, each request says itself (allowedOperations). */
  paymentRequestMove?: Maybe<PaymentRequestMovePayload>;
  /** Ends the wait of an order to the payout gateway: it is sent at the next tick, under the same key. */
  payoutOrderRetry?: Maybe<PayoutOrderRetryPayload>;
  /** Sets how a partner wants its incentives. A partner for itself. */
  payoutPreferenceSet?: Maybe<PayoutPreferenceSetPayload>;
  /** Tells the payout sandbox how to behave from now on; refused where payouts go to a gateway. */
  payoutSandboxTell?: Maybe<PayoutSandboxTellPayload>;
  /** Changes the terms under which incentives are paid, for what is issued and requested from now on. */
  payoutTermsSet?: Maybe<PayoutTermsSetPayload>;
  /** Claims the incentive for an opportunity of one's own that was signed, once. Everything that speaks against it is said at once; pceClaimEligibility says it before. */
  pceClaimCreate?: Maybe<PceClaimCreatePayload>;
  /** Publishes the incentive of a claim or sends the claim back (the vendor); confirms or disputes it (the partner). The incentive of a confirmed claim can be requested (incentiveEntitlements). */
  pceClaimMove?: Maybe<PceClaimMovePayload>;
  /** Sends a claim that was sent back again, with what the opportunity is linked to now. */
  pceClaimResubmit?: Maybe<PceClaimResubmitPayload>;
  /** Makes a policy of the incentive for opportunities. Policies are not changed: the next one takes over. */
  pceIncentivePolicyCreate?: Maybe<PceIncentivePolicyCreatePayload>;
  /** Lets the caller's partner join the frame, or accept a later version of its terms. */
  pceJoin?: Maybe<PceJoinPayload>;
  /** Sets how far a partner has developed, and whether it is a core partner. */
  pceProfileSet?: Maybe<PceProfileSetPayload>;
  /** Sets what counts of a product from a month on. Lines of open months follow at once. */
  productPolicySet?: Maybe<ProductPolicySetPayload>;
  /** Changes settings. A change of what counts makes a new rule version for the months that are open. */
  programmeUpdate?: Maybe<ProgrammeUpdatePayload>;
  /** Links a reseller to a distributor, from an instant on. */
  resellerLink?: Maybe<ResellerLinkPayload>;
  /** Decides whose a name is, with every name that is written like it: all their payments are counted anew. */
  sellerNameDecide?: Maybe<SellerNameDecidePayload>;
  /** Asks for the bill-out of a month without waiting for its day, or once more: sellers that have a bill of the month keep it, others get one. */
  settlementBillOut?: Maybe<SettlementBillOutPayload>;
  /** Gives a run up. A final run that has frozen its month cannot be given up. */
  settlementRunCancel?: Maybe<SettlementRunCancelPayload>;
  /** Stops a run after the step at hand. */
  settlementRunPause?: Maybe<SettlementRunPausePayload>;
  /** Lets a run go on where it stopped. A final run that set partners aside tries those again. */
  settlementRunResume?: Maybe<SettlementRunResumePayload>;
  /** Asks for a settlement run. One live run per month and kind. */
  settlementRunStart?: Maybe<SettlementRunStartPayload>;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationAssociationCorrectArgs = {
  input: AssociationCorrectInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationAssociationCreateArgs = {
  input: AssociationCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationAssociationEndArgs = {
  input: AssociationEndInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationAssociationTransferArgs = {
  input: AssociationTransferInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationBillFeedbackAnswerArgs = {
  input: BillFeedbackAnswerInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationBillFeedbackCreateArgs = {
  input: BillFeedbackCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationBillFeedbackWithdrawArgs = {
  input: BillFeedbackWithdrawInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationBusinessInformationSetArgs = {
  input: BusinessInformationSetInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationCalendarImportArgs = {
  input: CalendarImportInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationCloudAccountLinkArgs = {
  input: CloudAccountLinkInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationCoolingOffRuleSetArgs = {
  input: CoolingOffRuleSetInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationCountersignApproverAddArgs = {
  input: CountersignApproverAddInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationCountersignApproverRemoveArgs = {
  input: CountersignApproverRemoveInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationCountersignVoteArgs = {
  input: CountersignVoteInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationCustomerCreateArgs = {
  input: CustomerCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationCustomerLongTailSetArgs = {
  input: CustomerLongTailSetInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationCustomerProfileImportArgs = {
  input: CustomerProfileImportInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationCustomerProfileSetArgs = {
  input: CustomerProfileSetInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationExportCreateArgs = {
  input: ExportCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationFileCreateArgs = {
  input: FileCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationImportCreateArgs = {
  input: ImportCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationIncentiveBillConfirmArgs = {
  input: IncentiveBillConfirmInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationIncentiveBillIssueArgs = {
  input: IncentiveBillIssueInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationIncentiveBillReleaseArgs = {
  input: IncentiveBillReleaseInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationIncentivePolicyCreateArgs = {
  input: IncentivePolicyCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationInvoiceMarkPaidArgs = {
  input: InvoiceMarkPaidInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationMarketplaceCategorySetArgs = {
  input: MarketplaceCategorySetInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationMarketplaceTermsSetArgs = {
  input: MarketplaceTermsSetInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationMessageRetryArgs = {
  input: MessageRetryInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOfficeImportArgs = {
  input: OfficeImportInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityClaimArgs = {
  input: OpportunityClaimInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityCommentAddArgs = {
  input: OpportunityCommentAddInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityContactHideArgs = {
  input: OpportunityContactHideInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityCopyArgs = {
  input: OpportunityCopyInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityCreateArgs = {
  input: OpportunityCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityDeleteArgs = {
  input: OpportunityDeleteInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityDuplicateDecideArgs = {
  input: OpportunityDuplicateDecideInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityFileAttachArgs = {
  input: OpportunityFileAttachInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityFileDetachArgs = {
  input: OpportunityFileDetachInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityImportArgs = {
  input: OpportunityImportInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityLinkArgs = {
  input: OpportunityLinksInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityMoveArgs = {
  input: OpportunityMoveInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityOfferArgs = {
  input: OpportunityOfferInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityProgressAddArgs = {
  input: OpportunityProgressAddInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityReassignManyArgs = {
  input: OpportunityReassignManyInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityShareArgs = {
  input: OpportunityShareInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityUnlinkArgs = {
  input: OpportunityLinksInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityUpdateArgs = {
  input: OpportunityUpdateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityViewDeleteArgs = {
  input: OpportunityViewDeleteInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationOpportunityViewSaveArgs = {
  input: OpportunityViewSaveInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPartnerCreateArgs = {
  input: PartnerCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPartnerInvoiceRegisterArgs = {
  input: PartnerInvoiceRegisterInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPartnerInvoiceRejectArgs = {
  input: PartnerInvoiceRejectInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPartnerInvoiceWithdrawArgs = {
  input: PartnerInvoiceWithdrawInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPartnerOfferingCreateArgs = {
  input: PartnerOfferingCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPartnerOfferingUpdateArgs = {
  input: PartnerOfferingUpdateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPaymentRequestCreateArgs = {
  input: PaymentRequestCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPaymentRequestMoveArgs = {
  input: PaymentRequestMoveInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPayoutOrderRetryArgs = {
  input: PayoutOrderRetryInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPayoutPreferenceSetArgs = {
  input: PayoutPreferenceSetInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPayoutSandboxTellArgs = {
  input: PayoutSandboxTellInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPayoutTermsSetArgs = {
  input: PayoutTermsSetInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPceClaimCreateArgs = {
  input: PceClaimCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPceClaimMoveArgs = {
  input: PceClaimMoveInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPceClaimResubmitArgs = {
  input: PceClaimResubmitInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPceIncentivePolicyCreateArgs = {
  input: PceIncentivePolicyCreateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPceJoinArgs = {
  input: PceJoinInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationPceProfileSetArgs = {
  input: PceProfileSetInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationProductPolicySetArgs = {
  input: ProductPolicySetInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationProgrammeUpdateArgs = {
  input: ProgrammeUpdateInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationResellerLinkArgs = {
  input: ResellerLinkInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationSellerNameDecideArgs = {
  input: SellerNameDecideInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationSettlementBillOutArgs = {
  input: SettlementBillOutInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationSettlementRunCancelArgs = {
  input: SettlementRunSteerInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationSettlementRunPauseArgs = {
  input: SettlementRunSteerInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationSettlementRunResumeArgs = {
  input: SettlementRunSteerInput;
};


/** Where everything that can be changed begins. Refusals are userErrors of the payload. */
export type MutationSettlementRunStartArgs = {
  input: SettlementRunStartInput;
};

/** Something with a stable id. */
export type Node = {
  /** Stable id. */
  id: Scalars['ID']['output'];
};

/** State of an offer of the vendor's opportunity to one partner. */
export type OfferState =
  /** The partner accepted it. */
  | 'ACCEPTED'
  /** The partner has to answer. */
  | 'PENDING'
  /** The vendor took it back. */
  | 'RECALLED'
  /** The partner refused it. */
  | 'REFUSED'
  /** The partner did not answer in time. */
  | 'TIMED_OUT'
  | '%future added value';

/** Compares with values of OfferState. */
export type OfferStateFilter = {
  /** Is this. */
  eq?: InputMaybe<OfferState>;
  /** Is one of these. */
  in?: InputMaybe<Array<OfferState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<OfferState>;
};

/** Kind of a partner's offering. */
export type OfferingKind =
  /** A solution the vendor has baselined. */
  | 'BASELINE_SOLUTION'
  /** A product of the marketplace. */
  | 'MARKETPLACE_PRODUCT'
  | '%future added value';

/** Compares with values of OfferingKind. */
export type OfferingKindFilter = {
  /** Is this. */
  eq?: InputMaybe<OfferingKind>;
  /** Is one of these. */
  in?: InputMaybe<Array<OfferingKind>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<OfferingKind>;
};

/** A representative office of the vendor, which looks after the opportunities of some areas. */
export type Office = Node & {
  /** The areas whose customers it looks after. */
  areas?: Maybe<Array<OfficeArea>>;
  /** Its short name, by which an import knows it again. */
  code: Scalars['String']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The people who work there. */
  members?: Maybe<Array<OfficeMember>>;
  /** Its name in English. */
  name: Scalars['String']['output'];
  /** Its name in Chinese. */
  nameZhCn: Scalars['String']['output'];
  /** Its business region. */
  region: Scalars['String']['output'];
};

/** An area that an office looks after. */
export type OfficeArea = {
  /** The city; empty if the office looks after the whole province. */
  city: Scalars['String']['output'];
  /** The province, without the word for what kind of place it is. */
  province: Scalars['String']['output'];
};

/** An area of an office. */
export type OfficeAreaInput = {
  /** The city; not given for the whole province. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** The province. */
  province: Scalars['String']['input'];
};

/** Offices to be taken in. */
export type OfficeImportInput = {
  /** All coordinators; not given leaves them as they are. */
  coordinators?: InputMaybe<Array<PersonInput>>;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The offices, at most 500; each replaces what was known of its code, others stay. */
  offices: Array<OfficeInput>;
};

/** The outcome of `officeImport`. */
export type OfficeImportPayload = {
  /** All offices as they are now; null if nothing changed. */
  offices?: Maybe<Offices>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** An office with everything that belongs to it. */
export type OfficeInput = {
  /** The areas whose customers it looks after, at most 200; no area belongs to two offices. */
  areas: Array<OfficeAreaInput>;
  /** Its short name, by which it is known again. */
  code: Scalars['String']['input'];
  /** The people who work there, at most 200. */
  members: Array<OfficeMemberInput>;
  /** Its name in English. */
  name: Scalars['String']['input'];
  /** Its name in Chinese. */
  nameZhCn: Scalars['String']['input'];
  /** Its business region. */
  region: Scalars['String']['input'];
};

/** A person of an office who reviews opportunities. */
export type OfficeMember = {
  /** The e-mail address that letters go to. */
  email: Scalars['String']['output'];
  /** The name under which people know the person. */
  name: Scalars['String']['output'];
  /** The role in which the person works there. */
  role: OfficeRole;
  /** The person's name in tokens (`sub`). */
  subject: Scalars['String']['output'];
};

/** A person of an office. */
export type OfficeMemberInput = {
  /** The person. */
  person: PersonInput;
  /** The role in which the person works there. */
  role: OfficeRole;
};

/** Role of a person in an office. */
export type OfficeRole =
  /** Partner development manager (PDM). */
  | 'PDM'
  /** Partner sales manager (PSM). */
  | 'PSM'
  | '%future added value';

/** The vendor's offices and coordinators. */
export type Offices = {
  /** The coordinators, by subject. */
  coordinators: Array<Coordinator>;
  /** Every office, at most 500, by code. */
  offices: Array<Office>;
};

/** A trust that the vendor puts in a member of its staff; a token may carry several. */
export type OperatorRole =
  /** Everything, and the programme's own settings. */
  | 'ADMINISTRATOR'
  /** Marks invoices paid, starts runs, sees money everywhere. */
  | 'FINANCE'
  /** Runs the programme: partners, customers, imports, settlement runs. */
  | 'OPERATIONS'
  /** Takes, reviews and verifies opportunities. */
  | 'OPPORTUNITY_REVIEWER'
  | '%future added value';

/** What a customer is likely to buy, shared by a partner (PO, partner-originated) or by the vendor (HO, handed over), from draft to delivery. */
export type Opportunity = Node & {
  /** The accounts of its customer that it is linked to. */
  accounts?: Maybe<Array<LinkedAccount>>;
  /** The operations that lead on from its state, in table order: who may do each, and whether the caller may. */
  allowedOperations: Array<PossibleMove>;
  /** The customer's budget; null if not known. */
  budgetAmount?: Maybe<Money>;
  /** How far the customer's budget is; null if not known. */
  budgetState?: Maybe<BudgetState>;
  /** The city the customer is in; empty if not known. */
  city: Scalars['String']['output'];
  /** The reviewer who took it; null if nobody did, and for partners. */
  claimedBy?: Maybe<Scalars['String']['output']>;
  /** The claims of incentive for it that the caller sees. */
  claims?: Maybe<PceClaimConnection>;
  /** The comments on it, oldest first. A partner reads those that are not internal, from the time it has the opportunity. */
  comments?: Maybe<OpportunityCommentConnection>;
  /** What its customer consumed and paid in the linked accounts, by month, next to what was expected. The expected amount is spread evenly over twelve months from the month of expected delivery, else of signing. */
  consumption?: Maybe<Array<OpportunityMonth>>;
  /** The person to talk to at the customer, as much of it as the caller may see. */
  contact: OpportunityContact;
  /** The id of the rejected or closed opportunity that it was copied from; null for an original. */
  copiedFromId?: Maybe<Scalars['ID']['output']>;
  /** The instant at which it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The customer's unified social credit code; null if not known. */
  creditCode?: Maybe<Scalars['String']['output']>;
  /** Its number in the vendor's CRM; null if it did not come from there, and for partners. */
  crmNo?: Maybe<Scalars['String']['output']>;
  /** The customer; null if it has no account or the caller does not see it. */
  customer?: Maybe<Customer>;
  /** Whether the customer agreed that its data is shared. */
  customerConsent: Scalars['Boolean']['output'];
  /** The customer's name in law, as whoever shares it wrote it. */
  customerName: Scalars['String']['output'];
  /** The deadlines about it, open and closed, the next one due first. */
  deadlines?: Maybe<Array<Deadline>>;
  /** The person who decides at the customer; empty if not known. */
  decisionMaker: Scalars['String']['output'];
  /** The product family that is wanted: that of the partner's offering, or OTHER. */
  demandTag: Scalars['String']['output'];
  /** A text about budget, decision maker, need and time; empty if nobody wrote one. */
  description: Scalars['String']['output'];
  /** The opportunities that it seems to repeat, the most alike first, at most 100; null for partners. */
  duplicates?: Maybe<Array<OpportunityDuplicate>>;
  /** The fields that the caller's side may change now. */
  editableFields: Array<OpportunityField>;
  /** The revenue that the vendor expects; null if not known. */
  expectedAmount?: Maybe<Money>;
  /** The day on which it is expected to be delivered; null if not known. */
  expectedDeliveryOn?: Maybe<Scalars['Date']['output']>;
  /** The day on which the customer is expected to sign; null if not known. */
  expectedSignOn?: Maybe<Scalars['Date']['output']>;
  /** The files attached to it, oldest first. A partner sees those that are not internal, from the time it has the opportunity. */
  files?: Maybe<OpportunityFileConnection>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The customer's industry; empty if not known. */
  industry: Scalars['String']['output'];
  /** Its kind: who shares it. */
  kind: OpportunityKind;
  /** The state as people read it, in the request's language. */
  label: Scalars['String']['output'];
  /** The instant of the latest report of progress, or from which one is owed; null if none is. */
  lastProgressAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its name. */
  name: Scalars['String']['output'];
  /** The customer's need in words; empty if nobody wrote it. */
  need: Scalars['String']['output'];
  /** The partner's own offering that goes with it; null for none, or if the caller does not see it. */
  offering?: Maybe<PartnerOffering>;
  /** The offers of it that the caller sees: a partner those to itself. */
  offers?: Maybe<OpportunityOfferConnection>;
  /** The office that looks after it; null while a coordinator finds one, and for partners. */
  office?: Maybe<Office>;
  /** The orders of its customer that it is linked to. */
  orders?: Maybe<Array<LinkedOrder>>;
  /** The partner that shares it, that it is offered to, or that accepted it; null while it waits for one. */
  partner?: Maybe<Partner>;
  /** The instant at which it was verified or accepted; null before. */
  passedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The presales work that was done already. */
  presalesActivities: Array<PresalesActivity>;
  /** The reports of its progress by both sides, newest first. */
  progress?: Maybe<OpportunityProgressConnection>;
  /** The province the customer is in. */
  province: Scalars['String']['output'];
  /** How far the customer's purchase is; null if not known. */
  purchasePhase?: Maybe<PurchasePhase>;
  /** What it lacks to be submitted, as `SUBMIT` would say it now: what would be asked for is known without trying. Empty where it is not to be submitted. */
  qualification?: Maybe<Array<UserError>>;
  /** The reason in words; null if nobody gave any. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The reason of a refusal or an end, of the closed list; null in other states. */
  reasonCode?: Maybe<OpportunityReason>;
  /** The partners to which it can be offered, best first, and then the others with why not; null for an opportunity that is not the vendor's own, and empty for partners. */
  recipients?: Maybe<Array<OpportunityRecipient>>;
  /** How it came to its office; null before, and for partners. */
  route?: Maybe<RouteKind>;
  /** The customer or the area that brought it to its office; null if neither did, and for partners. */
  routeDetail?: Maybe<Scalars['String']['output']>;
  /** The names of the vendor's services that are wanted. */
  services: Array<Scalars['String']['output']>;
  /** The instant at which the vendor's sales created it, from which it counts against those of partners; null for a partner's. */
  sharedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How far the sale is, by the latest report of progress; null before the first. */
  stage?: Maybe<OpportunityStage>;
  /** Whether no progress was reported for too long. */
  stale: Scalars['Boolean']['output'];
  /** Its state. */
  state: OpportunityState;
  /** The instant since which it has been in its state. */
  stateSince: Scalars['DateTime']['output'];
  /** The instant at which the partner submitted it; null before. */
  submittedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The support that the partner asks for; null for none. */
  support?: Maybe<SupportKind>;
  /** Everything that happened to it, oldest first. */
  timeline?: Maybe<OpportunityTransitionConnection>;
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
  /** How it came to its office in words, in the request's language; null before, and for partners. */
  whyHere?: Maybe<Scalars['String']['output']>;
  /** How likely it is won, 0 to 100, by the latest report of progress; null before the first. */
  winPercent?: Maybe<Scalars['Int']['output']>;
};


/** What a customer is likely to buy, shared by a partner (PO, partner-originated) or by the vendor (HO, handed over), from draft to delivery. */
export type OpportunityClaimsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PceClaimFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PceClaimOrder>;
};


/** What a customer is likely to buy, shared by a partner (PO, partner-originated) or by the vendor (HO, handed over), from draft to delivery. */
export type OpportunityCommentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** What a customer is likely to buy, shared by a partner (PO, partner-originated) or by the vendor (HO, handed over), from draft to delivery. */
export type OpportunityFilesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** What a customer is likely to buy, shared by a partner (PO, partner-originated) or by the vendor (HO, handed over), from draft to delivery. */
export type OpportunityOffersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OpportunityOfferFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<OpportunityOfferOrder>;
};


/** What a customer is likely to buy, shared by a partner (PO, partner-originated) or by the vendor (HO, handed over), from draft to delivery. */
export type OpportunityProgressArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** What a customer is likely to buy, shared by a partner (PO, partner-originated) or by the vendor (HO, handed over), from draft to delivery. */
export type OpportunityRecipientsArgs = {
  first?: Scalars['Int']['input'];
  partner?: InputMaybe<Scalars['ID']['input']>;
};


/** What a customer is likely to buy, shared by a partner (PO, partner-originated) or by the vendor (HO, handed over), from draft to delivery. */
export type OpportunityTimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** The capacity in which somebody acts on an opportunity. */
export type OpportunityActor =
  /** Operations of the vendor. */
  | 'OPERATIONS'
  /** The partner it belongs to or is offered to. */
  | 'PARTNER'
  /** A reviewer of the vendor. */
  | 'REVIEWER'
  /** The product itself. */
  | 'SYSTEM'
  | '%future added value';

/** An opportunity to be taken, or to be let go. */
export type OpportunityClaimInput = {
  /** True to take it, false to let it go. */
  claim?: Scalars['Boolean']['input'];
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The opportunity. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `opportunityClaim`. */
export type OpportunityClaimPayload = {
  /** The opportunity as it is now. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A comment on an opportunity. It never changes. */
export type OpportunityComment = {
  /** The instant at which it was written. */
  createdAt: Scalars['DateTime']['output'];
  /** The person who wrote it. */
  createdBy: Scalars['String']['output'];
  /** Its id. */
  id: Scalars['ID']['output'];
  /** Whether only the vendor's staff reads it. */
  internal: Scalars['Boolean']['output'];
  /** The side that wrote it. */
  side: OpportunitySide;
  /** The text. */
  text: Scalars['String']['output'];
};

/** A comment to be written. */
export type OpportunityCommentAddInput = {
  /** The opportunity. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Whether it is for the vendor's staff only; then no partner reads it or hears of it. */
  internal?: Scalars['Boolean']['input'];
  /** The text, 1 to 2000 characters. */
  text: Scalars['String']['input'];
};

/** The outcome of `opportunityCommentAdd`. */
export type OpportunityCommentAddPayload = {
  /** The id of the comment; null if none was written. */
  commentId?: Maybe<Scalars['ID']['output']>;
  /** The opportunity. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A page of comments. */
export type OpportunityCommentConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<OpportunityCommentEdge>;
  /** The rows of this page. */
  nodes: Array<OpportunityComment>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A comment with its cursor. */
export type OpportunityCommentEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: OpportunityComment;
};

/** A page of opportunities. */
export type OpportunityConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<OpportunityEdge>;
  /** The rows of this page. */
  nodes: Array<Opportunity>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** The person to talk to at the customer. Shown to the side that entered it, to the reviewer who took the opportunity and is at work on it, and to both sides while they sell together; masked for everybody else. */
export type OpportunityContact = {
  /** The e-mail address; null if not known, or hidden. */
  email?: Maybe<Scalars['String']['output']>;
  /** Whether the side that entered the person hides it from the reader. */
  hidden: Scalars['Boolean']['output'];
  /** Whether the reader sees only enough to recognise the person by. */
  masked: Scalars['Boolean']['output'];
  /** The name; null if not known, or hidden. */
  name?: Maybe<Scalars['String']['output']>;
  /** The telephone number; null if not known, or hidden. */
  phone?: Maybe<Scalars['String']['output']>;
  /** The job title; null if not known, or hidden. */
  title?: Maybe<Scalars['String']['output']>;
};

/** An opportunity whose person is to be hidden or shown. */
export type OpportunityContactHideInput = {
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** True to hide the person from the other side, false to show it again. */
  hidden: Scalars['Boolean']['input'];
  /** The opportunity. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `opportunityContactHide`. */
export type OpportunityContactHidePayload = {
  /** The opportunity as it is now. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** An opportunity to be copied. */
export type OpportunityCopyInput = {
  /** The opportunity. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `opportunityCopy`. */
export type OpportunityCopyPayload = {
  /** The new draft. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** An opportunity to be saved as a draft. */
export type OpportunityCreateInput = {
  /** What it says; a name is enough for a draft. */
  fields: OpportunityFieldsInput;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `opportunityCreate`. */
export type OpportunityCreatePayload = {
  /** The draft. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A draft to be deleted. */
export type OpportunityDeleteInput = {
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The draft. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `opportunityDelete`. */
export type OpportunityDeletePayload = {
  /** The id of the deleted draft; null if nothing was deleted. */
  deletedId?: Maybe<Scalars['ID']['output']>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Another opportunity that one seems to repeat, why, and what was decided of the two. */
export type OpportunityDuplicate = {
  /** Whether the rule holds them to be the same: customer, product family and time. Nobody need decide that. Null where `other` is. */
  byRule?: Maybe<Scalars['Boolean']['output']>;
  /** The instant of the decision; null before. */
  decidedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The person who decided; null before. */
  decidedBy?: Maybe<Scalars['String']['output']>;
  /** The instant at which they were first found to be alike. */
  foundAt: Scalars['DateTime']['output'];
  /** The grounds that speak for it. */
  grounds: Array<OpportunityDuplicateGround>;
  /** The other opportunity; null while its partner took it back. */
  other?: Maybe<Opportunity>;
  /** The id of the other opportunity. */
  otherId: Scalars['ID']['output'];
  /** The reason of the decision in words; null if none was given. */
  reason?: Maybe<Scalars['String']['output']>;
  /** How alike they are in parts per million; 0 if only a person found them to be the same. */
  scorePpm: Scalars['Int']['output'];
  /** The decision on the two, or that nobody decided. */
  state: DuplicateState;
};

/** Two opportunities, and the decision on them. */
export type OpportunityDuplicateDecideInput = {
  /** The decision. */
  decision: DuplicateDecision;
  /** The state of the two that you saw; not given if they were not known to be alike. */
  expectedState?: InputMaybe<DuplicateState>;
  /** One of the two. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The other. */
  otherId: Scalars['ID']['input'];
  /** The reason in words; needed if they are not the same. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `opportunityDuplicateDecide`. */
export type OpportunityDuplicateDecidePayload = {
  /** The one that was named first, as it is now. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Something that speaks for two opportunities being the same. */
export type OpportunityDuplicateGround = {
  /** The ground. */
  ground: DuplicateGround;
  /** The ground in words, in the request's language. */
  label: Scalars['String']['output'];
  /** How alike names are in parts per million, or how many months the windows share; 0 for other grounds. */
  value: Scalars['Int']['output'];
};

/** An opportunity with its cursor. */
export type OpportunityEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: Opportunity;
};

/** A field of an opportunity that people may change; edits list the fields they changed. */
export type OpportunityField =
  /** The customer's budget. */
  | 'BUDGET'
  /** The person to talk to at the customer. */
  | 'CONTACT'
  /** The customer: name, credit code, account, place, industry. */
  | 'CUSTOMER'
  /** The customer's consent to the sharing of its data. */
  | 'CUSTOMER_CONSENT'
  /** The person who decides at the customer. */
  | 'DECISION_MAKER'
  /** The product family wanted, while no partner's offering says it. */
  | 'DEMAND_TAG'
  /** The text about budget, decision maker, need and time. */
  | 'DESCRIPTION'
  /** Expected revenue of the vendor, and its currency. */
  | 'EXPECTED_AMOUNT'
  /** Day on which delivery is expected. */
  | 'EXPECTED_DELIVERY_ON'
  /** Day on which the customer is expected to sign. */
  | 'EXPECTED_SIGN_ON'
  /** Title of the opportunity. */
  | 'NAME'
  /** The customer's need. */
  | 'NEED'
  /** The partner's own offering. */
  | 'OFFERING'
  /** Activities at the customer before it was shared. */
  | 'PRESALES_ACTIVITIES'
  /** Phase of the customer's purchase. */
  | 'PURCHASE_PHASE'
  /** The vendor's services wanted. */
  | 'SERVICES'
  /** The support asked for. */
  | 'SUPPORT'
  | '%future added value';

/** The fields of an opportunity. A field that is not given stays as it is; null takes its value away. */
export type OpportunityFieldsInput = {
  /** The customer's budget, in units of the currency. */
  budgetAmount?: InputMaybe<Scalars['Decimal']['input']>;
  /** How far the customer's budget is. */
  budgetState?: InputMaybe<BudgetState>;
  /** The city the customer is in. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** The e-mail address of that person. */
  contactEmail?: InputMaybe<Scalars['String']['input']>;
  /** The name of the person to talk to at the customer. */
  contactName?: InputMaybe<Scalars['String']['input']>;
  /** The telephone number of that person. */
  contactPhone?: InputMaybe<Scalars['String']['input']>;
  /** The job title of that person. */
  contactTitle?: InputMaybe<Scalars['String']['input']>;
  /** The customer's unified social credit code. */
  creditCode?: InputMaybe<Scalars['String']['input']>;
  /** The currency of its amounts; CNY if never given. */
  currencyCode?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** Whether the customer agreed that its data is shared. */
  customerConsent?: InputMaybe<Scalars['Boolean']['input']>;
  /** The customer, if it has an account. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  /** The customer's name in law. */
  customerName?: InputMaybe<Scalars['String']['input']>;
  /** The person who decides at the customer. */
  decisionMaker?: InputMaybe<Scalars['String']['input']>;
  /**
   * The product family that is wanted, of an opportunity of the vendor that no partner has yet; OTHER for none. A
   * partner's has that of its offering.
   */
  demandTag?: InputMaybe<Scalars['String']['input']>;
  /** A text about budget, decision maker, need and time; at most 4000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The revenue that the vendor expects, in units of the currency. */
  expectedAmount?: InputMaybe<Scalars['Decimal']['input']>;
  /** The day on which it is expected to be delivered. */
  expectedDeliveryOn?: InputMaybe<Scalars['Date']['input']>;
  /** The day on which the customer is expected to sign. */
  expectedSignOn?: InputMaybe<Scalars['Date']['input']>;
  /** The customer's industry. */
  industry?: InputMaybe<Scalars['String']['input']>;
  /** Its name, 1 to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** The customer's need in words. */
  need?: InputMaybe<Scalars['String']['input']>;
  /** The partner's own offering that goes with it. */
  offeringId?: InputMaybe<Scalars['ID']['input']>;
  /** The presales work that was done already. */
  presalesActivities?: InputMaybe<Array<PresalesActivity>>;
  /** The province the customer is in: it decides which office looks after the opportunity. */
  province?: InputMaybe<Scalars['String']['input']>;
  /** How far the customer's purchase is. */
  purchasePhase?: InputMaybe<PurchasePhase>;
  /** The names of the vendor's services that are wanted, at most 30. */
  services?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The support that the partner asks for. */
  support?: InputMaybe<SupportKind>;
};

/** A file attached to an opportunity. */
export type OpportunityFile = {
  /** The instant at which it was attached. */
  attachedAt: Scalars['DateTime']['output'];
  /** The person who attached it. */
  attachedBy: Scalars['String']['output'];
  /** The file; null if it is gone. */
  file?: Maybe<StoredFile>;
  /** Whether only the vendor's staff sees it. */
  internal: Scalars['Boolean']['output'];
  /** The side that attached it. */
  side: OpportunitySide;
};

/** A file to be attached. */
export type OpportunityFileAttachInput = {
  /** The file: uploaded by your side (fileCreate) for the purpose OPPORTUNITY. */
  fileId: Scalars['ID']['input'];
  /** The opportunity. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Whether it is for the vendor's staff only. */
  internal?: Scalars['Boolean']['input'];
};

/** The outcome of `opportunityFileAttach`. */
export type OpportunityFileAttachPayload = {
  /** The opportunity. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A page of attached files. */
export type OpportunityFileConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<OpportunityFileEdge>;
  /** The rows of this page. */
  nodes: Array<OpportunityFile>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A file to be detached. */
export type OpportunityFileDetachInput = {
  /** The file. */
  fileId: Scalars['ID']['input'];
  /** The opportunity. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `opportunityFileDetach`. */
export type OpportunityFileDetachPayload = {
  /** The opportunity. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** An attached file with its cursor. */
export type OpportunityFileEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: OpportunityFile;
};

/** Conditions on opportunities. */
export type OpportunityFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<OpportunityFilter>>;
  /** Whether a reviewer took it; for the vendor's staff. */
  claimed?: InputMaybe<Scalars['Boolean']['input']>;
  /** By the reviewer who took it; for the vendor's staff. */
  claimedBy?: InputMaybe<StringFilter>;
  /** By the instant of creation. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** By customer, if it has an account. */
  customer?: InputMaybe<IdFilter>;
  /** By expected revenue, whatever its currency. */
  expectedAmount?: InputMaybe<AmountFilter>;
  /** By the month in which it is expected to be signed. */
  expectedSignMonth?: InputMaybe<MonthFilter>;
  /** By kind: who shares it. */
  kind?: InputMaybe<OpportunityKindFilter>;
  /** By the office that looks after it; for the vendor's staff. */
  office?: InputMaybe<IdFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<OpportunityFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** By how far the sale is. */
  stage?: InputMaybe<OpportunityStageFilter>;
  /** Whether no progress was reported for too long. */
  stale?: InputMaybe<Scalars['Boolean']['input']>;
  /** By state. */
  state?: InputMaybe<OpportunityStateFilter>;
  /** By the instant since which it has been in its state. */
  stateSince?: InputMaybe<DateTimeFilter>;
};

/** A file of the vendor's CRM. */
export type OpportunityImportInput = {
  /**
   * CSV of 1 to 1000 rows. Its header names the columns, in any order: crm_no, name, customer_name, province,
   * demand_tag and expected_sign_on, and as wanted shared_at, description, credit_code, city, industry,
   * contact_name, contact_title, contact_phone, contact_email, services (with ; between them), need,
   * decision_maker, budget_state, budget_amount, purchase_phase, expected_amount, currency, expected_delivery_on.
   */
  csv: Scalars['String']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** What becomes of the other rows when one is wrong. */
  policy?: BulkPolicy;
};

/** The outcome of `opportunityImport`. */
export type OpportunityImportPayload = {
  /** A row for each row of the file; empty if nothing was tried. */
  rows: Array<OpportunityImportRow>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The outcome for a row of the file. */
export type OpportunityImportRow = {
  /** Its number in the CRM. */
  crmNo: Scalars['String']['output'];
  /** The number of its line in the file; the header is line 1. */
  line: Scalars['Int']['output'];
  /** Whether the opportunity is new; false if its number was taken in before: then nothing changes. */
  made: Scalars['Boolean']['output'];
  /** The id of the opportunity; null if the row is wrong. */
  opportunityId?: Maybe<Scalars['ID']['output']>;
  /** What is wrong with it; empty if nothing is. */
  userErrors: Array<UserError>;
};

/** The side that shares an opportunity: it decides who reviews, verifies and accepts. */
export type OpportunityKind =
  /** House opportunity (HO): the vendor shares it with a partner, which accepts or refuses it. */
  | 'HO'
  /** Partner-originated opportunity (PO): a partner shares it with the vendor, which reviews and verifies it. */
  | 'PO'
  | '%future added value';

/** Compares with values of OpportunityKind. */
export type OpportunityKindFilter = {
  /** Is this. */
  eq?: InputMaybe<OpportunityKind>;
  /** Is one of these. */
  in?: InputMaybe<Array<OpportunityKind>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<OpportunityKind>;
};

/** The outcome of `opportunityLink`. */
export type OpportunityLinkPayload = {
  /** The opportunity as it is now. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Accounts and orders to be linked to an opportunity, or to be unlinked. */
export type OpportunityLinksInput = {
  /** Accounts of its customer, at most 50. */
  accountIds?: Array<Scalars['ID']['input']>;
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The opportunity. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Numbers of orders of its customer, at most 200. */
  orderNumbers?: Array<Scalars['String']['input']>;
};

/** A month of an opportunity, in one currency. */
export type OpportunityMonth = {
  /** What the customer consumed, list price less discounts. */
  consumed: Money;
  /** The revenue that was expected of the month. */
  expected: Money;
  /** The month. */
  month: Scalars['Month']['output'];
  /** What the customer paid of that in cash. */
  paid: Money;
};

/** Opportunities to be moved, and how. */
export type OpportunityMoveInput = {
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The operation, the same for all. */
  operation: OpportunityOperation;
  /** The opportunities, at most 100. */
  opportunities: Array<Seen>;
  /** What becomes of the others when one is refused. */
  policy?: BulkPolicy;
  /** The reason in words; needed where allowedOperations says so, and with OTHER. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The reason, of the closed list; allowedOperations says which operations need one, and of which. */
  reasonCode?: InputMaybe<OpportunityReason>;
};

/** The outcome of `opportunityMove`. */
export type OpportunityMovePayload = {
  /** A row for each opportunity, in the order sent; empty if nothing was tried. */
  results: Array<OpportunityMoveResult>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** What became of one of them. */
export type OpportunityMoveResult = {
  /** The id that was sent. */
  id: Scalars['ID']['output'];
  /** The thing as it is now; null if the caller sees none. */
  opportunity?: Maybe<Opportunity>;
  /** Why it did not change; empty if it did. */
  userErrors: Array<UserError>;
};

/** An offer of the vendor's opportunity to one partner. A partner keeps seeing its own when the opportunity is no longer its to see. */
export type OpportunityOffer = {
  /** The instant at which it was answered or taken back; null before. */
  answeredAt?: Maybe<Scalars['DateTime']['output']>;
  /** The first instant at which it is too late to accept. */
  dueAt: Scalars['DateTime']['output'];
  /** The name of the opportunity. */
  name: Scalars['String']['output'];
  /** Its number among the offers of the opportunity, from 1; null for partners. */
  offerNo?: Maybe<Scalars['Int']['output']>;
  /** The instant of the offer. */
  offeredAt: Scalars['DateTime']['output'];
  /** The opportunity; null if the caller does not see it, or no longer does. */
  opportunity?: Maybe<Opportunity>;
  /** The id of the opportunity. */
  opportunityId: Scalars['ID']['output'];
  /** The partner to which it is offered. */
  partner?: Maybe<Partner>;
  /** The partner's place among those to which it could be offered, from 1; null for partners. */
  rank?: Maybe<Scalars['Int']['output']>;
  /** The reason in words, by the same rule; null for none. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The reason of a refusal, of the closed list; null for none. That of an offer taken back is for the vendor's staff. */
  reasonCode?: Maybe<OpportunityReason>;
  /** The state of the offer. */
  state: OfferState;
};

/** A page of offers. */
export type OpportunityOfferConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<OpportunityOfferEdge>;
  /** The rows of this page. */
  nodes: Array<OpportunityOffer>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** An offer with its cursor. */
export type OpportunityOfferEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: OpportunityOffer;
};

/** Conditions on offers. */
export type OpportunityOfferFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<OpportunityOfferFilter>>;
  /** By the instant of the offer. */
  offeredAt?: InputMaybe<DateTimeFilter>;
  /** By opportunity. */
  opportunity?: InputMaybe<IdFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<OpportunityOfferFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** By state. */
  state?: InputMaybe<OfferStateFilter>;
};

/** An opportunity to be offered, and to whom. */
export type OpportunityOfferInput = {
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The opportunity. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The partner to which it is offered; the best recipient if not given. */
  partnerId?: InputMaybe<Scalars['ID']['input']>;
};

/** The order of offers. */
export type OpportunityOfferOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: OpportunityOfferOrderField;
};

/** What `opportunityOffers` can be ordered by. */
export type OpportunityOfferOrderField =
  /** The instant of the offer. */
  | 'OFFERED_AT'
  | '%future added value';

/** The outcome of `opportunityOffer`. */
export type OpportunityOfferPayload = {
  /** The opportunity as it is now. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** An operation on an opportunity, as its trail records it: a transition, or a change of what it says. */
export type OpportunityOperation =
  /** The partner accepts it. */
  | 'ACCEPT'
  /** A reviewer takes it and works on it from now on. */
  | 'CLAIM'
  /** One side gives it up. */
  | 'CLOSE'
  /** Somebody made it. */
  | 'CREATE'
  /** Delivery is complete. */
  | 'DELIVER'
  /** Somebody changed one of its fields. */
  | 'EDIT'
  /** It is rejected, because nobody verified it in time. */
  | 'EXPIRE'
  /** The sale was lost. */
  | 'LOSE'
  /** It is offered to a partner. */
  | 'OFFER'
  /** Review finds it complete and reasonable. */
  | 'PASS_REVIEW'
  /** One side reported progress. */
  | 'PROGRESS'
  /** Another office or person looks after it from now on. */
  | 'REASSIGN'
  /** The vendor takes an offer back. */
  | 'RECALL'
  /** The partner refuses it. */
  | 'REFUSE'
  /** The vendor rejects it for good. */
  | 'REJECT'
  /** The reviewer who took it gives it back to the office. */
  | 'RELEASE'
  /** Review sends it back to the partner. */
  | 'SEND_BACK'
  /** Selling together begins, with the first report of progress. */
  | 'START'
  /** The partner submits it for review. */
  | 'SUBMIT'
  /** The partner did not answer its offer in time. */
  | 'TIME_OUT'
  /** The vendor found it to be real. */
  | 'VERIFY'
  /** The customer signed. */
  | 'WIN'
  /** The partner takes it back. */
  | 'WITHDRAW'
  /** It is rejected, because another that it repeats passed. */
  | 'YIELD_TO_OTHER'
  | '%future added value';

/** The order of opportunities. */
export type OpportunityOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: OpportunityOrderField;
};

/** What `opportunities` can be ordered by. */
export type OpportunityOrderField =
  /** The instant of creation. */
  | 'CREATED_AT'
  /** Expected revenue, whatever its currency; an opportunity without any is smallest. */
  | 'EXPECTED_AMOUNT'
  /** The day on which it is expected to be signed; an opportunity without one is first. */
  | 'EXPECTED_SIGN_ON'
  /** The instant of the latest report of progress, or from which one is owed; an opportunity that owes none is first. */
  | 'LAST_PROGRESS_AT'
  /** The instant since which it has been in its state. */
  | 'STATE_SINCE'
  | '%future added value';

/** Opportunities of one kind, state, stage, month of signing and currency, added up. */
export type OpportunityPipelineSum = {
  /** The number of opportunities. */
  count: Scalars['Int']['output'];
  /** The sum of their expected revenues; an opportunity without any adds nothing. */
  expectedAmount: Money;
  /** The month in which they are expected to be signed; null where nobody said one. */
  expectedSignMonth?: Maybe<Scalars['Month']['output']>;
  /** Their kind: who shares them. */
  kind: OpportunityKind;
  /** The state as people read it, in the request's language. */
  label: Scalars['String']['output'];
  /** How far the sales are; null where no progress was reported. */
  stage?: Maybe<OpportunityStage>;
  /** Their state. */
  state: OpportunityState;
  /** The same sum, each revenue times how likely the opportunity is won; one without a probability adds nothing. Rounded once. */
  weightedAmount: Money;
};

/** A report of the progress of an opportunity by one side; both sides see it. */
export type OpportunityProgress = {
  /** The instant at which it was reported. */
  createdAt: Scalars['DateTime']['output'];
  /** The person who reported it. */
  createdBy: Scalars['String']['output'];
  /** What happened, in words. */
  detail: Scalars['String']['output'];
  /** The technical exchanges that took place; empty for none. */
  exchanges: Scalars['String']['output'];
  /** The next step; empty if nobody said one. */
  nextStep: Scalars['String']['output'];
  /** The side that reported it. */
  side: OpportunitySide;
  /** How far the sale is. */
  stage: OpportunityStage;
  /** How tests go; empty if there are none. */
  tests: Scalars['String']['output'];
  /** How likely it is won, 0 to 100. */
  winPercent: Scalars['Int']['output'];
};

/** A report of the progress of an opportunity. */
export type OpportunityProgressAddInput = {
  /** What happened, 1 to 4000 characters. */
  detail: Scalars['String']['input'];
  /** The technical exchanges that took place, at most 4000 characters. */
  exchanges?: Scalars['String']['input'];
  /** The opportunity. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The next step, at most 4000 characters. */
  nextStep?: Scalars['String']['input'];
  /** How far the sale is; CONTRACT or DELIVERY once it is signed. */
  stage: OpportunityStage;
  /** How tests go, at most 4000 characters. */
  tests?: Scalars['String']['input'];
  /** How likely it is won, 0 to 100; 100 once it is signed. */
  winPercent: Scalars['Int']['input'];
};

/** The outcome of `opportunityProgressAdd`. */
export type OpportunityProgressAddPayload = {
  /** The opportunity as it is now. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A page of reports of the progress of an opportunity. */
export type OpportunityProgressConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<OpportunityProgressEdge>;
  /** The rows of this page. */
  nodes: Array<OpportunityProgress>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A report of progress with its cursor. */
export type OpportunityProgressEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: OpportunityProgress;
};

/** Reason of a refusal or an end. The first three are the grounds of verification on the public pages. */
export type OpportunityReason =
  /** A competitor won. */
  | 'COMPETITOR'
  /** The partner is in conflict of interest with the customer. */
  | 'CONFLICT'
  /** The customer gave the project up, or put it off. */
  | 'CUSTOMER_GAVE_UP'
  /** It repeats an opportunity that passed. */
  | 'DUPLICATE'
  /** It was not verified in time. */
  | 'EXPIRED'
  /** Something is missing. */
  | 'INCOMPLETE'
  /** The customer says that it does not exist, or was traded already. */
  | 'NOT_EXIST_OR_TRADED'
  /** The customer has no budget, or no clear time of ordering. */
  | 'NO_BUDGET_OR_DATE'
  /** The partner has no capacity. */
  | 'NO_CAPACITY'
  /** The solution did not fit. */
  | 'NO_FIT'
  /** Something else, said in words. */
  | 'OTHER'
  /** The partner does not work there, or not on this. */
  | 'OUT_OF_SCOPE'
  /** It was too expensive. */
  | 'PRICE'
  /** It is not reasonable. */
  | 'UNREASONABLE'
  /** The need has nothing to do with the vendor's cloud and brings no additional revenue. */
  | 'UNRELATED_NO_INCREMENT'
  | '%future added value';

/** Opportunities, and the office or person that gets them. */
export type OpportunityReassignManyInput = {
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The office that looks after them from now on; not needed with `subject`. */
  officeId?: InputMaybe<Scalars['ID']['input']>;
  /** The opportunities, at most 100. */
  opportunities: Array<Seen>;
  /** What becomes of the others when one is refused. */
  policy?: BulkPolicy;
  /** The reason in words. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The person of the office who works on them from now on; not given, anybody of the office may take them. */
  subject?: InputMaybe<Scalars['String']['input']>;
};

/** A partner, judged for an opportunity of the vendor: whether it can be offered to it, why or why not, by what numbers. */
export type OpportunityRecipient = {
  /** The number of its own opportunities that it won and delivered in the last twelve months: more come first. */
  delivered: Scalars['Int']['output'];
  /** Whether the opportunity can be offered to it. */
  eligible: Scalars['Boolean']['output'];
  /** The grounds that do not hold; empty if it can be offered to it. */
  fails: Array<RecipientGround>;
  /** The number of opportunities it works on now or has to answer: fewer come next. */
  load: Scalars['Int']['output'];
  /** The state of the last offer of this opportunity to it; null if there was none. */
  offered?: Maybe<OfferState>;
  /** The partner. */
  partner?: Maybe<Partner>;
  /** Its place among the partners to which it can be offered, from 1; null if it cannot. */
  rank?: Maybe<Scalars['Int']['output']>;
  /** Its stage on the development path. */
  stage: PathStage;
  /** How many of a hundred opportunities that ended it won; 0 if none ended: more come next. */
  winPercent: Scalars['Int']['output'];
};

/** An opportunity of the vendor. */
export type OpportunityShareInput = {
  /** Its number in the vendor's CRM: the same number is taken in once. */
  crmNo?: InputMaybe<Scalars['String']['input']>;
  /** The product family that is wanted, e.g. BIG_DATA; OTHER for none. */
  demandTag: Scalars['String']['input'];
  /**
   * What it says. Needed are a name, the customer's name and province, and the day on which it is expected to sign;
   * it has no offering yet.
   */
  fields: OpportunityFieldsInput;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The instant at which the vendor's sales created it, not after now: from then it counts. Now if not given. */
  sharedAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The outcome of `opportunityShare`. */
export type OpportunitySharePayload = {
  /** The opportunity, to be offered. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A side of the joint sale. */
export type OpportunitySide =
  /** The partner that has the opportunity. */
  | 'PARTNER'
  /** The vendor's staff. */
  | 'VENDOR'
  | '%future added value';

/** Stage of the sale, as the latest report of progress says. */
export type OpportunityStage =
  /** Offers are compared. */
  | 'BIDDING'
  /** The contract is signed. */
  | 'CONTRACT'
  /** It is delivered. */
  | 'DELIVERY'
  /** The contract is negotiated. */
  | 'NEGOTIATION'
  /** The need is worked out. */
  | 'REQUIREMENT'
  /** A solution is made. */
  | 'SOLUTION'
  | '%future added value';

/** Compares with values of OpportunityStage. */
export type OpportunityStageFilter = {
  /** Is this. */
  eq?: InputMaybe<OpportunityStage>;
  /** Is one of these. */
  in?: InputMaybe<Array<OpportunityStage>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<OpportunityStage>;
};

/** State of an opportunity. A partner's own (PO) starts as DRAFT, the vendor's own (HO) as TO_OFFER. */
export type OpportunityState =
  /** A partner accepted it. */
  | 'ACCEPTED'
  /** One side gave it up. */
  | 'CLOSED'
  /** Delivery is complete. */
  | 'DELIVERED'
  /** The partner saved it and has not submitted it; nobody else sees it. */
  | 'DRAFT'
  /** Partner and vendor sell together. */
  | 'IN_PROGRESS'
  /** The vendor reviews whether it is complete and reasonable. */
  | 'IN_REVIEW'
  /** The sale was lost. */
  | 'LOST'
  /** A partner has to accept or refuse it. */
  | 'PENDING_ACCEPT'
  /** The partner refused it. */
  | 'REFUSED'
  /** The partner did not answer in time; it was taken back. */
  | 'REFUSED_TIMEOUT'
  /** Verification failed, was not done in time, or another that it repeats passed. */
  | 'REJECTED'
  /** The review sent it back to the partner with comments. */
  | 'REVIEW_REJECTED'
  /** The vendor's own, offered to nobody yet. */
  | 'TO_OFFER'
  /** It is verified; from here on no other that repeats it passes. */
  | 'VERIFIED'
  /** The vendor verifies it with the customer. */
  | 'VERIFYING'
  /** The customer signed. */
  | 'WON'
  | '%future added value';

/** Compares with values of OpportunityState. */
export type OpportunityStateFilter = {
  /** Is this. */
  eq?: InputMaybe<OpportunityState>;
  /** Is one of these. */
  in?: InputMaybe<Array<OpportunityState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<OpportunityState>;
};

/** A change of the state of an opportunity, or of what it says. */
export type OpportunityTransition = {
  /** The person who did it; for partners null if it was one of the vendor's. */
  actor?: Maybe<Scalars['String']['output']>;
  /** The kind of actor who did it. */
  actorKind: OpportunityActor;
  /** The instant of the change. */
  at: Scalars['DateTime']['output'];
  /** The state before; null at its creation, and for the partner that it is offered to. */
  from?: Maybe<OpportunityState>;
  /** The operation that changed it. */
  operation: OpportunityOperation;
  /** The reason in words, or the names of the fields that an edit changed; null if there are none. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The reason, of the closed list; null if it needed none. */
  reasonCode?: Maybe<OpportunityReason>;
  /** Its number, from 1; null for partners, who do not see every change. */
  seq?: Maybe<Scalars['Int']['output']>;
  /** The state after. */
  to: OpportunityState;
};

/** A page of changes of an opportunity. */
export type OpportunityTransitionConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<OpportunityTransitionEdge>;
  /** The rows of this page. */
  nodes: Array<OpportunityTransition>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A change with its cursor. */
export type OpportunityTransitionEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: OpportunityTransition;
};

/** The outcome of `opportunityUnlink`. */
export type OpportunityUnlinkPayload = {
  /** The opportunity as it is now. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A change of what an opportunity says. */
export type OpportunityUpdateInput = {
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** What it says then; what is not given stays. */
  fields: OpportunityFieldsInput;
  /** The opportunity. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `opportunityUpdate`. */
export type OpportunityUpdatePayload = {
  /** The opportunity as it is now. */
  opportunity?: Maybe<Opportunity>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** What a person looks for in the list of opportunities, under a name. Only its owner sees it. */
export type OpportunityView = Node & {
  /** The instant at which it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The name that its owner gave it. */
  name: Scalars['String']['output'];
  /** The arguments of `opportunities` as a JSON object: filter, orderBy, search, mine. Give them as variables. */
  settings: Scalars['String']['output'];
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
};

/** A view to be deleted. */
export type OpportunityViewDeleteInput = {
  /** The view. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `opportunityViewDelete`. */
export type OpportunityViewDeletePayload = {
  /** The id of the deleted view; null if nothing was deleted. */
  deletedId?: Maybe<Scalars['ID']['output']>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A view to be kept. */
export type OpportunityViewSaveInput = {
  /** The version you saw; only with `id`. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /**
   * The filter of the list. The view is kept as it is given here: what is not given is none, also of one that is
   * changed.
   */
  filter?: InputMaybe<OpportunityFilter>;
  /** The view to be changed; not given for a new one. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Whether only opportunities that you are at work on are listed. */
  mine?: Scalars['Boolean']['input'];
  /** Its name, 1 to 200 characters; each of your views has another. */
  name: Scalars['String']['input'];
  /** The order of the list. */
  orderBy?: InputMaybe<OpportunityOrder>;
  /** The words to look for. */
  search?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `opportunityViewSave`. */
export type OpportunityViewSavePayload = {
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
  /** The view as it is now. */
  view?: Maybe<OpportunityView>;
};

/** Which way a list is ordered. */
export type OrderDirection =
  /** Smallest first. */
  | 'ASC'
  /** Largest first. */
  | 'DESC'
  | '%future added value';

/** Where a page lies in its list. */
export type PageInfo = {
  /** The cursor of the last row; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** There are rows behind this page. Reading backward it is true before a cursor. */
  hasNextPage: Scalars['Boolean']['output'];
  /** There are rows before this page. Reading forward it is true behind a cursor. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first row; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** Reason for which a bill is parked for review: its relation to the partner's usual bill. */
export type ParkedCode =
  /** More than the factor above what is usual. */
  | 'ABOVE_USUAL'
  /** Less than what is usual divided by the factor. */
  | 'BELOW_USUAL'
  /** Below zero, where the usual is not. */
  | 'NEGATIVE'
  | '%future added value';

/** The reason why a bill is parked for review. */
export type ParkedReason = {
  /** The side of what is usual on which the bill lies. */
  code: ParkedCode;
  /** How many times more or less than usual it may be, in parts per million: 3000000 is three times. */
  factorPpm: Scalars['Int']['output'];
  /** What is usual: the median of the partner's formal bills of the three months before, in this currency. */
  typical: Money;
};

/** A company that sells the vendor's products: a solution provider, a distributor or a reseller. */
export type Partner = Node & {
  /** What its accounts in the ledger hold: what is payable, frozen, carried, in payout and paid. Empty if that is not the caller's to see. */
  balances?: Maybe<Array<LedgerBalance>>;
  /** Its incentive bills. */
  bills?: Maybe<IncentiveBillConnection>;
  /** What is known of its business; null if nothing, or if it is not the caller's to see. */
  businessInformation?: Maybe<BusinessInformation>;
  /** The instant at which it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The customers that this partner has or had, in a time that the caller sees. */
  customers?: Maybe<CustomerConnection>;
  /** The deadlines that concern it and that the caller sees. */
  deadlines?: Maybe<DeadlineConnection>;
  /** The distributor that a reseller belongs to now; null for others. */
  distributor?: Maybe<Partner>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Its kind; never changes. */
  kind: PartnerKind;
  /** The name under which it sells on the marketplace; null if it does not sell there. */
  marketplaceName?: Maybe<Scalars['String']['output']>;
  /** Whether it may have customers of its own; false for most distributors. */
  mayOwnCustomers: Scalars['Boolean']['output'];
  /** How its money stands, one row a currency. Empty if that is not the caller's to see. */
  money?: Maybe<Array<PartnerMoney>>;
  /** The name under which people know it. */
  name: Scalars['String']['output'];
  /** Its opportunities that the caller sees. */
  opportunities?: Maybe<OpportunityConnection>;
  /** Its payment requests that the caller sees. */
  paymentRequests?: Maybe<PaymentRequestConnection>;
  /** How it wants its incentives; null if it has not said, or if that is not the caller's to see. */
  payoutPreference?: Maybe<PayoutPreference>;
  /** Its place in the frame of shared opportunities; null if nothing is known, or if it is not the caller's to see. */
  pceProfile?: Maybe<PceProfile>;
  /** Its performance in a month, one sum a currency. */
  performance?: Maybe<Array<PerformanceSum>>;
  /** Its business region, which a reseller shares with its distributor. */
  region: Scalars['String']['output'];
  /** The resellers that this distributor has or had. */
  resellers?: Maybe<PartnerConnection>;
  /** The name of its tier; empty if it has none. */
  tier: Scalars['String']['output'];
  /** Grows with every change. */
  version: Scalars['Int']['output'];
};


/** A company that sells the vendor's products: a solution provider, a distributor or a reseller. */
export type PartnerBalancesArgs = {
  at?: InputMaybe<Scalars['DateTime']['input']>;
};


/** A company that sells the vendor's products: a solution provider, a distributor or a reseller. */
export type PartnerBillsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<IncentiveBillFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<IncentiveBillOrder>;
};


/** A company that sells the vendor's products: a solution provider, a distributor or a reseller. */
export type PartnerCustomersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CustomerFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CustomerOrder>;
};


/** A company that sells the vendor's products: a solution provider, a distributor or a reseller. */
export type PartnerDeadlinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeadlineFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<DeadlineOrder>;
};


/** A company that sells the vendor's products: a solution provider, a distributor or a reseller. */
export type PartnerOpportunitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OpportunityFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<OpportunityOrder>;
};


/** A company that sells the vendor's products: a solution provider, a distributor or a reseller. */
export type PartnerPaymentRequestsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentRequestFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentRequestOrder>;
};


/** A company that sells the vendor's products: a solution provider, a distributor or a reseller. */
export type PartnerPerformanceArgs = {
  month: Scalars['Month']['input'];
  rolledUp?: Scalars['Boolean']['input'];
};


/** A company that sells the vendor's products: a solution provider, a distributor or a reseller. */
export type PartnerResellersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PartnerFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PartnerOrder>;
};

/** A page of partners. */
export type PartnerConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PartnerEdge>;
  /** The rows of this page. */
  nodes: Array<Partner>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A partner to be made. */
export type PartnerCreateInput = {
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Its kind, which never changes. */
  kind: PartnerKind;
  /** The name under which it sells on the marketplace; unique. */
  marketplaceName?: InputMaybe<Scalars['String']['input']>;
  /** Whether a distributor may have customers of its own; others always may. */
  mayOwnCustomers?: Scalars['Boolean']['input'];
  /** The name under which people know it, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** Business region, 1 to 200 characters. */
  region: Scalars['String']['input'];
  /** Tier name, at most 64 characters. */
  tier?: Scalars['String']['input'];
};

/** The outcome of `partnerCreate`. */
export type PartnerCreatePayload = {
  /** The new partner. */
  partner?: Maybe<Partner>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A partner with its cursor. */
export type PartnerEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: Partner;
};

/** Conditions on partners. */
export type PartnerFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<PartnerFilter>>;
  /** By the instant of creation. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** By a distributor that it is or was a reseller of, in a time that the caller sees. */
  distributor?: InputMaybe<IdFilter>;
  /** By id. */
  id?: InputMaybe<IdFilter>;
  /** By kind. */
  kind?: InputMaybe<PartnerKindFilter>;
  /** Whether it may have customers of its own. */
  mayOwnCustomers?: InputMaybe<Scalars['Boolean']['input']>;
  /** By the name under which people know it. */
  name?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<PartnerFilter>>;
  /** By business region. */
  region?: InputMaybe<StringFilter>;
  /** By tier. */
  tier?: InputMaybe<StringFilter>;
};

/** An invoice of a partner to the vendor, for one payment request. */
export type PartnerInvoice = Node & {
  /** The instant at which it was registered. */
  createdAt: Scalars['DateTime']['output'];
  /** Its picture or document. */
  file?: Maybe<StoredFile>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Its number; a partner uses one once for ever. */
  invoiceNo: Scalars['String']['output'];
  /** The day it bears. */
  issuedOn: Scalars['Date']['output'];
  /** The kind of invoice. */
  kind: PartnerInvoiceKind;
  /** Without tax. */
  net: Money;
  /** The partner that invoices. */
  partner?: Maybe<Partner>;
  /** The request it is for. */
  paymentRequest?: Maybe<PaymentRequest>;
  /** The reason why it was refused; null if it was not. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The instant at which the vendor received it; null before. */
  signedForAt?: Maybe<Scalars['DateTime']['output']>;
  /** The state of the invoice. */
  state: PartnerInvoiceState;
  /** The tax. */
  tax: Money;
  /** The tax rate in parts per million. */
  taxRatePpm: Scalars['Int']['output'];
  /** With tax. */
  total: Money;
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
};

/** A page of partners' invoices. */
export type PartnerInvoiceConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PartnerInvoiceEdge>;
  /** The rows of this page. */
  nodes: Array<PartnerInvoice>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** An invoice with its cursor. */
export type PartnerInvoiceEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: PartnerInvoice;
};

/** Conditions on invoices of partners. */
export type PartnerInvoiceFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<PartnerInvoiceFilter>>;
  /** By when it was registered. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** By number. */
  invoiceNo?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<PartnerInvoiceFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** By payment request. */
  paymentRequest?: InputMaybe<IdFilter>;
  /** By state. */
  state?: InputMaybe<PartnerInvoiceStateFilter>;
};

/** Kind of a partner's invoice: one of the VAT special ones. */
export type PartnerInvoiceKind =
  /** Fully digital special invoice. */
  | 'FULLY_DIGITAL_SPECIAL'
  /** VAT special invoice, electronic. */
  | 'VAT_SPECIAL_ELECTRONIC'
  /** VAT special invoice on paper. */
  | 'VAT_SPECIAL_PAPER'
  | '%future added value';

/** The order of partners' invoices. */
export type PartnerInvoiceOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: PartnerInvoiceOrderField;
};

/** What `partnerInvoices` can be ordered by. */
export type PartnerInvoiceOrderField =
  /** When it was registered. */
  | 'CREATED_AT'
  /** With tax. */
  | 'TOTAL'
  | '%future added value';

/** An invoice to be registered. */
export type PartnerInvoiceRegisterInput = {
  /** Its picture or document, of purpose PARTNER_INVOICE. */
  fileId?: InputMaybe<Scalars['ID']['input']>;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Its number: letters, digits and hyphens. */
  invoiceNo: Scalars['String']['input'];
  /** The day it bears. */
  issuedOn: Scalars['Date']['input'];
  /** What it is. */
  kind: PartnerInvoiceKind;
  /** Without tax. */
  net: Scalars['Decimal']['input'];
  /** The payment request it is for. */
  requestId: Scalars['ID']['input'];
  /** The tax. */
  tax: Scalars['Decimal']['input'];
  /** The tax rate in parts per million, e.g. 60000 for 6 %. */
  taxRatePpm: Scalars['Int']['input'];
  /** The taxpayer number it bears. */
  taxpayerNo: Scalars['String']['input'];
  /** With tax. */
  total: Scalars['Decimal']['input'];
};

/** The outcome of `partnerInvoiceRegister`. */
export type PartnerInvoiceRegisterPayload = {
  /** The invoice. */
  partnerInvoice?: Maybe<PartnerInvoice>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** An invoice to be refused. */
export type PartnerInvoiceRejectInput = {
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The invoice. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Why. */
  reason: Scalars['String']['input'];
};

/** The outcome of `partnerInvoiceReject`. */
export type PartnerInvoiceRejectPayload = {
  /** The invoice as it is now. */
  partnerInvoice?: Maybe<PartnerInvoice>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** State of a partner's invoice to the vendor. */
export type PartnerInvoiceState =
  /** Reviewed and right. */
  | 'PASSED'
  /** Registered by the partner; on its way. */
  | 'REGISTERED'
  /** Refused; another replaces it. */
  | 'REJECTED'
  /** Received by the vendor. */
  | 'SIGNED_FOR'
  /** Taken back, or its request was given up. */
  | 'WITHDRAWN'
  | '%future added value';

/** Compares with values of PartnerInvoiceState. */
export type PartnerInvoiceStateFilter = {
  /** Is this. */
  eq?: InputMaybe<PartnerInvoiceState>;
  /** Is one of these. */
  in?: InputMaybe<Array<PartnerInvoiceState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<PartnerInvoiceState>;
};

/** An invoice to be taken back. */
export type PartnerInvoiceWithdrawInput = {
  /** The invoice. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `partnerInvoiceWithdraw`. */
export type PartnerInvoiceWithdrawPayload = {
  /** The invoice as it is now. */
  partnerInvoice?: Maybe<PartnerInvoice>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Kind of a partner: its place in the channel between vendor and customers. */
export type PartnerKind =
  /** Tier 1: develops and manages resellers. */
  | 'DISTRIBUTOR'
  /** Tier 2: belongs to exactly one distributor. */
  | 'RESELLER'
  /** Resells or refers directly, no reseller below it. */
  | 'SOLUTION_PROVIDER'
  | '%future added value';

/** Compares with values of PartnerKind. */
export type PartnerKindFilter = {
  /** Is this. */
  eq?: InputMaybe<PartnerKind>;
  /** Is one of these. */
  in?: InputMaybe<Array<PartnerKind>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<PartnerKind>;
};

/** How the money of a partner stands in a currency. Each amount is in one place only. */
export type PartnerMoney = {
  /** The currency. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** Requested, and on its way. */
  inPayment: Money;
  /** Earned, and not yet requested. */
  owed: Money;
  /** Paid. */
  paid: Money;
  /** Requested, and refused or failed: somebody must act before it goes on. */
  stuck: Money;
};

/** A product or solution of a partner that goes with the vendor's. */
export type PartnerOffering = Node & {
  /** Whether it is offered now. */
  active: Scalars['Boolean']['output'];
  /** The instant at which it was made known. */
  createdAt: Scalars['DateTime']['output'];
  /** The product family it belongs to, in capitals; OTHER for none. */
  demandTag: Scalars['String']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Its kind: a product or a solution. */
  kind: OfferingKind;
  /** Its name. */
  name: Scalars['String']['output'];
  /** The partner that offers it. */
  partner?: Maybe<Partner>;
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
  /** Whether it is on the vendor's white list: only then its opportunities earn an incentive. */
  whiteListed: Scalars['Boolean']['output'];
};

/** A page of offerings. */
export type PartnerOfferingConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PartnerOfferingEdge>;
  /** The rows of this page. */
  nodes: Array<PartnerOffering>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** An offering to be made known. */
export type PartnerOfferingCreateInput = {
  /** The product family, e.g. BIG_DATA; OTHER for none. */
  demandTag: Scalars['String']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Its kind. */
  kind: OfferingKind;
  /** Its name, 1 to 200 characters; another than those of the partner's other offerings. */
  name: Scalars['String']['input'];
  /** The partner that offers it; needed of the vendor's staff, one's own otherwise. */
  partnerId?: InputMaybe<Scalars['ID']['input']>;
  /** Whether it is on the vendor's white list; only operations may give it. */
  whiteListed?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The outcome of `partnerOfferingCreate`. */
export type PartnerOfferingCreatePayload = {
  /** The new offering. */
  partnerOffering?: Maybe<PartnerOffering>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** An offering with its cursor. */
export type PartnerOfferingEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: PartnerOffering;
};

/** Conditions on offerings. */
export type PartnerOfferingFilter = {
  /** Whether it is offered now. */
  active?: InputMaybe<Scalars['Boolean']['input']>;
  /** All of these hold too. */
  and?: InputMaybe<Array<PartnerOfferingFilter>>;
  /** By product family. */
  demandTag?: InputMaybe<StringFilter>;
  /** By kind. */
  kind?: InputMaybe<OfferingKindFilter>;
  /** By name. */
  name?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<PartnerOfferingFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** Whether it is on the white list. */
  whiteListed?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The order of offerings. */
export type PartnerOfferingOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: PartnerOfferingOrderField;
};

/** What `partnerOfferings` can be ordered by. */
export type PartnerOfferingOrderField =
  /** The instant at which it was made known. */
  | 'CREATED_AT'
  /** Name. */
  | 'NAME'
  | '%future added value';

/** A change of an offering; what is not given stays. */
export type PartnerOfferingUpdateInput = {
  /** Whether it is offered now. */
  active?: InputMaybe<Scalars['Boolean']['input']>;
  /** The product family. Opportunities that the offering goes with keep the one they have. */
  demandTag?: InputMaybe<Scalars['String']['input']>;
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The offering. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Its kind. */
  kind?: InputMaybe<OfferingKind>;
  /** Its name, 1 to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Whether it is on the vendor's white list; only operations may give it. */
  whiteListed?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The outcome of `partnerOfferingUpdate`. */
export type PartnerOfferingUpdatePayload = {
  /** The offering as it is now. */
  partnerOffering?: Maybe<PartnerOffering>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The order of partners. */
export type PartnerOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: PartnerOrderField;
};

/** What `partners` can be ordered by. */
export type PartnerOrderField =
  /** The instant of creation. */
  | 'CREATED_AT'
  /** Display name. */
  | 'NAME'
  /** Business region. */
  | 'REGION'
  | '%future added value';

/** A partner's stage on the development path. */
export type PathStage =
  /** Its competency is differentiated. */
  | 'DIFFERENTIATED'
  /** It is on no path. */
  | 'NONE'
  /** A role is selected. */
  | 'ROLE_SELECTED'
  /** The role is validated. */
  | 'ROLE_VALIDATED'
  | '%future added value';

/** A fact: one row of a bill, as a customer paid it or owes it. It never changes. */
export type Payment = Node & {
  /** The account it was billed to. */
  account?: Maybe<CloudAccount>;
  /** Kind of charge. */
  category: ChargeCategory;
  /** The way in which the product was charged. */
  chargingMode: ChargingMode;
  /** The instant at which the resource was consumed. */
  consumedAt: Scalars['DateTime']['output'];
  /** Whether it corrects an earlier charge. */
  correction: Scalars['Boolean']['output'];
  /** The id in the source of what it corrects; null if it names none. */
  correctsExternalId?: Maybe<Scalars['String']['output']>;
  /** The customer whose account it is; null while it is nobody's. */
  customer?: Maybe<Customer>;
  /** Kind of bill detail. */
  detailType: DetailType;
  /** What was taken off. */
  discount: Money;
  /** Says where it counted, or every reason why it did not; null if that is not the caller's to see. */
  explanation?: Maybe<PaymentExplanation>;
  /** Its id in the source; null if it has none. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The import that brought it; null for whoever may not see imports. */
  import?: Maybe<Import>;
  /** Its invoice; null if the bill names none. */
  invoice?: Maybe<Invoice>;
  /** Line of the import's file; below zero for what takes an earlier payment back. */
  lineNo: Scalars['BigInt']['output'];
  /** The month it belongs to. */
  month: Scalars['Month']['output'];
  /** List price. */
  official: Money;
  /** The amounts that it was made up of. */
  parts: PaymentParts;
  /** What was to pay: official less discount less truncated; the sum of the parts. */
  payable: Money;
  /** The product that was consumed. */
  product?: Maybe<Product>;
  /** Region as in the bill. */
  region: Scalars['String']['output'];
  /** Whether the bill says it is paid. */
  settled: Scalars['Boolean']['output'];
  /** Fractions that were cut off. */
  truncated: Money;
  /** Number of what is said of the charge: 1 is what was said first; an even one takes back what was said before. */
  version: Scalars['Int']['output'];
};

/** Capacity in which somebody moves a payment request. */
export type PaymentActor =
  /** An approver of the round. */
  | 'APPROVER'
  /** The vendor's finance. */
  | 'FINANCE'
  /** The vendor's operations. */
  | 'OPERATIONS'
  /** The partner whose request it is. */
  | 'PARTNER'
  /** The product itself: worker and gateway. */
  | 'SYSTEM'
  | '%future added value';

/** An amount of a payment, the reason why it counted or not, and the line it stands in. */
export type PaymentAllotment = {
  /** The amount. */
  amount: Money;
  /** The line it stands in; null while the account belongs to nobody or the caller does not see the line. */
  line?: Maybe<PerformanceLine>;
  /** The reason why it counted, or did not. */
  reason: Reason;
};

/** A page of payments. */
export type PaymentConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PaymentEdge>;
  /** The rows of this page. */
  nodes: Array<Payment>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A dimension by which payments are summed up. Currencies are always kept apart. */
export type PaymentDimension =
  /** The account that was billed. */
  | 'ACCOUNT'
  /** Kind of charge. */
  | 'CATEGORY'
  /** The way in which the product was charged. */
  | 'CHARGING_MODE'
  /** The customer whose account it is. */
  | 'CUSTOMER'
  /** The month they belong to. */
  | 'MONTH'
  /** The product that was paid for. */
  | 'PRODUCT'
  /** The class of the product. */
  | 'PRODUCT_CLASS'
  /** The quarter of that month. */
  | 'QUARTER'
  /** The region in the bill. */
  | 'REGION'
  | '%future added value';

/** A payment with its cursor. */
export type PaymentEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: Payment;
};

/** Says where a payment counted, or every reason why it did not. */
export type PaymentExplanation = {
  /** Its amount by reason. */
  allotments: Array<PaymentAllotment>;
  /** The partner that is billed for it; null for nobody. */
  billTo?: Maybe<Partner>;
  /** What credits have to do with it. Of a charge, above zero: how much of it credits paid, which is no cash. Of a credit, with its sign: how much of it was used; the rest found nothing that it could pay. */
  credited: Money;
  /** Association mode when it was consumed; null if nobody had the customer. */
  mode?: Maybe<AssociationMode>;
  /** The partner that had the customer when it was consumed; null for nobody. */
  partner?: Maybe<Partner>;
  /** Whether a change of its customer waits to be worked in: lines may differ until then. */
  pending: Scalars['Boolean']['output'];
  /** Every reason why some of it did not count: those that alone exclude all of it first, then those of its parts. */
  reasons: Array<Reason>;
  /** Whether its account belongs to no customer: it waits. */
  unmatched: Scalars['Boolean']['output'];
};

/** Conditions on payments. */
export type PaymentFilter = {
  /** By account. */
  account?: InputMaybe<IdFilter>;
  /** All of these hold too. */
  and?: InputMaybe<Array<PaymentFilter>>;
  /** By kind of charge. */
  category?: InputMaybe<ChargeCategoryFilter>;
  /** By the instant at which it was consumed. */
  consumedAt?: InputMaybe<DateTimeFilter>;
  /** By currency. */
  currency?: InputMaybe<CurrencyFilter>;
  /** By customer. */
  customer?: InputMaybe<IdFilter>;
  /** By the import that brought it. */
  import?: InputMaybe<IdFilter>;
  /** By invoice. */
  invoice?: InputMaybe<IdFilter>;
  /** Whether its account belongs to a customer. */
  matched?: InputMaybe<Scalars['Boolean']['input']>;
  /** By the month it belongs to. Lists without it are slow. */
  month?: InputMaybe<MonthFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<PaymentFilter>>;
  /** By payable amount. */
  payable?: InputMaybe<AmountFilter>;
  /** By product. */
  product?: InputMaybe<IdFilter>;
  /** Whether the bill says it is paid. */
  settled?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Kind of money that a payment request pays. */
export type PaymentKind =
  /** Incentives that the partner may request. */
  | 'INCENTIVE'
  /** Shares of marketplace revenue. */
  | 'MARKETPLACE'
  | '%future added value';

/** Compares with values of PaymentKind. */
export type PaymentKindFilter = {
  /** Is this. */
  eq?: InputMaybe<PaymentKind>;
  /** Is one of these. */
  in?: InputMaybe<Array<PaymentKind>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<PaymentKind>;
};

/** Operation that moves a payment request from state to state. */
export type PaymentOperation =
  /** Finance approves the payment. */
  | 'APPROVE_PAYMENT'
  /** The last approver agreed. */
  | 'COMPLETE_COUNTERSIGN'
  /** The partner confirms the bill. */
  | 'CONFIRM'
  /** The request was made. */
  | 'CREATE'
  /** The gateway created the payout. */
  | 'CREATE_PAYOUT'
  /** They could not be issued. */
  | 'FAIL_ISSUE'
  /** The bank refuses. */
  | 'FAIL_PAYMENT'
  /** The gateway did not create it. */
  | 'FAIL_PAYOUT_CREATION'
  /** Coupons or top-up were issued at once, without an invoice. */
  | 'ISSUE_DIRECTLY'
  /** Finance passes the invoices. */
  | 'PASS_INVOICES'
  /** A second person approves it. */
  | 'RECHECK_PAYMENT'
  /** An approver refused. */
  | 'REJECT_COUNTERSIGN'
  /** Finance refuses them. */
  | 'REJECT_INVOICES'
  /** Finance refuses to pay. */
  | 'REJECT_PAYOUT'
  /** The partner has to invoice first. */
  | 'REOPEN_INVOICING'
  /** The partner replaces what was refused. */
  | 'REPLACE_INVOICES'
  /** Bank or payment data are wrong. */
  | 'REPORT_PAYMENT_INFO'
  /** The partner requests again. */
  | 'REQUEST_AGAIN'
  /** Operations open another round. */
  | 'RESTART_COUNTERSIGN'
  /** Operations hand the payment in again. */
  | 'RESTART_PAYMENT'
  /** They are right again. */
  | 'RESUME_PAYMENT'
  /** Operations have the coupons or the top-up issued once more. */
  | 'RETRY_ISSUE'
  /** The gateway is asked for the transfer once more. */
  | 'RETRY_PAYMENT'
  /** The gateway is asked to create the payout once more. */
  | 'RETRY_PAYOUT_CREATION'
  /** The bank confirms. */
  | 'SETTLE_PAYMENT'
  /** Finance signed for the invoices. */
  | 'SIGN_FOR_INVOICES'
  /** Operations open the first round. */
  | 'START_COUNTERSIGN'
  /** The partner hands it in. */
  | 'SUBMIT'
  /** Operations void the bill. */
  | 'VOID_BILL'
  /** The partner gives a request up that it has not handed in. */
  | 'WITHDRAW'
  | '%future added value';

/** The order of payments. */
export type PaymentOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: PaymentOrderField;
};

/** What `payments` can be ordered by. */
export type PaymentOrderField =
  /** The instant of consumption; with a month in the filter only. */
  | 'CONSUMED_AT'
  /** Month, account and time: one index serves it. */
  | 'KEY'
  /** What was to be paid; with a month in the filter only. */
  | 'PAYABLE'
  | '%future added value';

/** The amounts that a payment was made up of. Their sum is the payable amount. */
export type PaymentParts = {
  /** The part paid with bonus money. */
  bonus: Money;
  /** The part paid with money. */
  cash: Money;
  /** The part paid with cash coupons. */
  cashCoupon: Money;
  /** The part bought on credit, which is not paid yet. */
  credit: Money;
  /** The part that is still owed. */
  debt: Money;
  /** The part paid with stored-value cards: counted when spent, like cash. */
  storedValueCard: Money;
  /** The part paid with vouchers and vendor credits. */
  voucher: Money;
  /** The part that the vendor has written off. */
  writeOff: Money;
};

/** A request to pay a partner: marketplace revenue or incentives, from the bill to the money. */
export type PaymentRequest = Node & {
  /** What can be done from where it stands, by whom, and whether by the caller. */
  allowedOperations: Array<PossibleOperation>;
  /** The amount that is paid: the sum of its items. */
  amount: Money;
  /** Category of the bill, which decides who countersigns; empty for incentives. */
  category: Scalars['String']['output'];
  /** The instant at which it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** The deadlines about it, open and closed, the next one due first. */
  deadlines?: Maybe<Array<Deadline>>;
  /** The thing that the reader can do or waits for, in the request's language. */
  hint: Scalars['String']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Its invoice list as a page to print, for whoever sees the request: fetch it with your bearer token. */
  invoiceListUrl?: Maybe<Scalars['String']['output']>;
  /** The partner's invoices for it, also those that were refused or taken back. */
  invoices?: Maybe<Array<PartnerInvoice>>;
  /** The parts that it is made of. */
  items?: Maybe<Array<PaymentRequestItem>>;
  /** The kind of payment. */
  kind: PaymentKind;
  /** The state as people read it, in the request's language. */
  label: Scalars['String']['output'];
  /** The latest month it pays. */
  month: Scalars['Month']['output'];
  /** Whether the partner has to invoice before it is paid. */
  needsInvoice: Scalars['Boolean']['output'];
  /** The partner that is paid. */
  partner?: Maybe<Partner>;
  /** The number of its payout at the gateway. */
  payoutNo?: Maybe<Scalars['String']['output']>;
  /** Its orders to the payout gateway, oldest first; null for whoever may not see them. */
  payoutOrders?: Maybe<Array<PayoutOrder>>;
  /** The reason of a refusal or failure in that state; null otherwise. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The round of countersigning; 0 before the first. */
  round: Scalars['Int']['output'];
  /** The stage of that state. */
  stage: PaymentStage;
  /** The state of the request. */
  state: PaymentState;
  /** Since when it stands there. */
  stateSince: Scalars['DateTime']['output'];
  /** Everything that happened to it, oldest first. */
  timeline?: Maybe<PaymentTransitionConnection>;
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
  /** The votes of all rounds; null for whoever may not see them. */
  votes?: Maybe<Array<CountersignVoice>>;
  /** The way of payment. */
  way: PayoutWay;
};


/** A request to pay a partner: marketplace revenue or incentives, from the bill to the money. */
export type PaymentRequestTimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of payment requests. */
export type PaymentRequestConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PaymentRequestEdge>;
  /** The rows of this page. */
  nodes: Array<PaymentRequest>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** What to request. */
export type PaymentRequestCreateInput = {
  /** The currency. */
  currencyCode: Scalars['CurrencyCode']['input'];
  /** What; everything that can be requested this way if not given. What is owed is always set off. */
  entitlementIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The partner. */
  partnerId: Scalars['ID']['input'];
  /** Hand it in at once. */
  submit?: Scalars['Boolean']['input'];
  /** How it is to be paid. */
  way: PayoutWay;
};

/** The outcome of `paymentRequestCreate`. */
export type PaymentRequestCreatePayload = {
  /** The request. */
  paymentRequest?: Maybe<PaymentRequest>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A dimension by which payment requests are summed up. Currencies are always kept apart. */
export type PaymentRequestDimension =
  /** The kind of payment. */
  | 'KIND'
  /** The latest month that is paid. */
  | 'MONTH'
  /** The partner that is paid. */
  | 'PARTNER'
  /** The quarter of that month. */
  | 'QUARTER'
  /** The stage of the state. */
  | 'STAGE'
  /** The state of the request. */
  | 'STATE'
  /** The way of payment. */
  | 'WAY'
  | '%future added value';

/** A payment request with its cursor. */
export type PaymentRequestEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: PaymentRequest;
};

/** Conditions on payment requests. */
export type PaymentRequestFilter = {
  /** By amount. */
  amount?: InputMaybe<AmountFilter>;
  /** All of these hold too. */
  and?: InputMaybe<Array<PaymentRequestFilter>>;
  /** By when it was made. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** By currency. */
  currency?: InputMaybe<CurrencyFilter>;
  /** By what is paid. */
  kind?: InputMaybe<PaymentKindFilter>;
  /** By the latest month paid. */
  month?: InputMaybe<MonthFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<PaymentRequestFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** By the number of its payout at the gateway. */
  payoutNo?: InputMaybe<StringFilter>;
  /** By the stage of the state. */
  stage?: InputMaybe<PaymentStageFilter>;
  /** By state. */
  state?: InputMaybe<PaymentStateFilter>;
  /** By the instant since which it stands where it stands: its age in the state. */
  stateSince?: InputMaybe<DateTimeFilter>;
  /** By way of payment. */
  way?: InputMaybe<PayoutWayFilter>;
};

/** A part of a payment request: what is paid, or set off when below zero. */
export type PaymentRequestItem = {
  /** The amount that it adds to the request. */
  amount: Money;
  /** The incentive that is paid or set off; null for other sources. */
  entitlement?: Maybe<IncentiveEntitlement>;
  /** Its place, from 1. */
  itemNo: Scalars['Int']['output'];
  /** False once the request let go of it: it can be part of another. */
  live: Scalars['Boolean']['output'];
  /** The settlement bill that is paid or set off; null where something else is. */
  settlementBill?: Maybe<SettlementBill>;
  /** The kind of thing that is paid. */
  source: PaymentSource;
};

/** Which requests to move, and how. */
export type PaymentRequestMoveInput = {
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** What to do, the same for all. */
  operation: PaymentOperation;
  /** What becomes of the others when one is refused. */
  policy?: BulkPolicy;
  /** Why; refusals and restarts need it. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The requests, at most 100. */
  requests: Array<Seen>;
};

/** The outcome of `paymentRequestMove`. */
export type PaymentRequestMovePayload = {
  /** A row for each request, in the order sent; empty if nothing was tried. */
  results: Array<PaymentRequestMoveResult>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** What became of one of them. */
export type PaymentRequestMoveResult = {
  /** The id that was sent. */
  id: Scalars['ID']['output'];
  /** The thing as it is now; null if the caller sees none. */
  paymentRequest?: Maybe<PaymentRequest>;
  /** Why it did not change; empty if it did. */
  userErrors: Array<UserError>;
};

/** The order of payment requests. */
export type PaymentRequestOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: PaymentRequestOrderField;
};

/** What `paymentRequests` can be ordered by. */
export type PaymentRequestOrderField =
  /** The amount that is paid. */
  | 'AMOUNT'
  /** When it was made. */
  | 'CREATED_AT'
  /** The latest month paid. */
  | 'MONTH'
  /** Since when it stands where it stands. */
  | 'STATE_SINCE'
  | '%future added value';

/** A sum of payment requests. What was not summed up by is null. */
export type PaymentRequestSum = {
  /** Their amounts. */
  amount: Money;
  /** The number of requests. */
  count: Scalars['Int']['output'];
  /** The currency of the sum. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** The kind of payment. */
  kind?: Maybe<PaymentKind>;
  /** The state as people read it, in the request's language; null unless it is of one kind and state. */
  label?: Maybe<Scalars['String']['output']>;
  /** The latest month that is paid. */
  month?: Maybe<Scalars['Month']['output']>;
  /** Since when the oldest of them stands where it stands. */
  oldestSince: Scalars['DateTime']['output'];
  /** The partner that is paid. */
  partner?: Maybe<Partner>;
  /** The quarter of that month, e.g. "2026-Q3". */
  quarter?: Maybe<Scalars['String']['output']>;
  /** The stage of the state. */
  stage?: Maybe<PaymentStage>;
  /** The state. */
  state?: Maybe<PaymentState>;
  /** The way of payment. */
  way?: Maybe<PayoutWay>;
};

/** A page of sums. */
export type PaymentRequestSumConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PaymentRequestSumEdge>;
  /** The rows of this page. */
  nodes: Array<PaymentRequestSum>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A sum with its cursor. */
export type PaymentRequestSumEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: PaymentRequestSum;
};

/** The order of sums of payment requests; groups decide between equals. */
export type PaymentRequestSumOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: PaymentRequestSumOrderField;
};

/** What `paymentRequestSums` can be ordered by. */
export type PaymentRequestSumOrderField =
  /** Their amounts. */
  | 'AMOUNT'
  /** How many. */
  | 'COUNT'
  /** Group by group, in the order of `PaymentRequestDimension`. */
  | 'GROUP'
  /** Since when the oldest stands where it stands. */
  | 'OLDEST_SINCE'
  | '%future added value';

/** Kind of thing that a payment request pays. */
export type PaymentSource =
  /** Incentive that a partner may request. */
  | 'ENTITLEMENT'
  /** A marketplace settlement bill. */
  | 'SETTLEMENT_BILL'
  | '%future added value';

/** The stages of the way to money. */
export type PaymentStage =
  /** The vendor countersigns. */
  | 'COUNTERSIGN'
  /** The end. */
  | 'DONE'
  /** The partner invoices, the vendor reviews the invoices. */
  | 'INVOICE_REVIEW'
  /** The money is under way. */
  | 'PAYMENT'
  /** Finance reviews the payment. */
  | 'PAYMENT_REVIEW'
  /** The request is made. */
  | 'SUBMIT'
  | '%future added value';

/** Compares with values of PaymentStage. */
export type PaymentStageFilter = {
  /** Is this. */
  eq?: InputMaybe<PaymentStage>;
  /** Is one of these. */
  in?: InputMaybe<Array<PaymentStage>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<PaymentStage>;
};

/** State of a payment request. */
export type PaymentState =
  /** Operations start the countersign. */
  | 'AWAIT_COUNTERSIGN'
  /** The product creates the payout at the gateway. */
  | 'AWAIT_PAYOUT'
  /** Given up: what it held can be requested again. */
  | 'CANCELLED'
  /** The coupons or the top-up were not issued. */
  | 'COMPLETED_WITH_ERROR'
  /** The approvers vote. */
  | 'COUNTERSIGNING'
  /** An approver refused. */
  | 'COUNTERSIGN_REJECTED'
  /** Finance reviews the invoices. */
  | 'INVOICE_IN_REVIEW'
  /** An invoice was refused. */
  | 'INVOICE_REJECTED'
  /** The partner has its money. */
  | 'PAID'
  /** The transfer runs. */
  | 'PAYING'
  /** The bank refused the transfer. */
  | 'PAYMENT_FAILED'
  /** Bank or payment data are wrong. */
  | 'PAYMENT_INFO_ERROR'
  /** Finance reviews the payment. */
  | 'PAYMENT_PROCESSING'
  /** A second person of finance reviews it. */
  | 'PAYMENT_RECHECKING'
  /** The gateway did not create it. */
  | 'PAYOUT_CREATE_FAILED'
  /** Finance refused to pay. */
  | 'PAYOUT_REJECTED'
  /** The partner confirms the bill first. */
  | 'PENDING_CONFIRM'
  /** The partner invoices. */
  | 'PENDING_INVOICE'
  /** Put together by the partner, not handed in. */
  | 'PENDING_SUBMIT'
  | '%future added value';

/** Compares with values of PaymentState. */
export type PaymentStateFilter = {
  /** Is this. */
  eq?: InputMaybe<PaymentState>;
  /** Is one of these. */
  in?: InputMaybe<Array<PaymentState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<PaymentState>;
};

/** A step that payment requests can make. */
export type PaymentStep = {
  /** The parties that may do it. */
  by: Array<PaymentActor>;
  /** From where. */
  from: PaymentState;
  /** Whether it needs a reason. */
  needsReason: Scalars['Boolean']['output'];
  /** The operation that moves the request. */
  operation: PaymentOperation;
  /** To where. */
  to: PaymentState;
};

/** A sum of payments. What was not summed up by is null. */
export type PaymentSum = {
  /** The account. */
  account?: Maybe<CloudAccount>;
  /** Kind of charge. */
  category?: Maybe<ChargeCategory>;
  /** The way in which the product was charged. */
  chargingMode?: Maybe<ChargingMode>;
  /** The currency of the sum. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** The customer whose account it is; null also for nobody's. */
  customer?: Maybe<Customer>;
  /** The month they belong to. */
  month?: Maybe<Scalars['Month']['output']>;
  /** List prices. */
  official: Money;
  /** What was to be paid. */
  payable: Money;
  /** How many payments. */
  payments: Scalars['BigInt']['output'];
  /** The product. */
  product?: Maybe<Product>;
  /** The class of the product. */
  productClass?: Maybe<Scalars['String']['output']>;
  /** The quarter of that month, e.g. "2026-Q3". */
  quarter?: Maybe<Scalars['String']['output']>;
  /** The region in the bill. */
  region?: Maybe<Scalars['String']['output']>;
};

/** A page of sums. */
export type PaymentSumConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PaymentSumEdge>;
  /** The rows of this page. */
  nodes: Array<PaymentSum>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A sum with its cursor. */
export type PaymentSumEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: PaymentSum;
};

/** The order of sums of payments; groups decide between equals. */
export type PaymentSumOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: PaymentSumOrderField;
};

/** What `paymentSums` can be ordered by. */
export type PaymentSumOrderField =
  /** Group by group, in the order of `PaymentDimension`. */
  | 'GROUP'
  /** List prices. */
  | 'OFFICIAL'
  /** What was to be paid. */
  | 'PAYABLE'
  /** How many payments. */
  | 'PAYMENTS'
  | '%future added value';

/** A step of a payment request: from where to where, by whom and why. */
export type PaymentTransition = {
  /** The person who moved it; null for partners, unless it was one of theirs. */
  actor?: Maybe<Scalars['String']['output']>;
  /** As what. */
  actorKind: PaymentActor;
  /** The instant of the step. */
  at: Scalars['DateTime']['output'];
  /** The state before; null for the first step. */
  from?: Maybe<PaymentState>;
  /** The operation. */
  operation: PaymentOperation;
  /** The reason that was given; null if none was. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The round of countersigning it belongs to. */
  round: Scalars['Int']['output'];
  /** Its number, from 1. */
  seq: Scalars['Int']['output'];
  /** The state after. */
  to: PaymentState;
};

/** A page of steps. */
export type PaymentTransitionConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PaymentTransitionEdge>;
  /** The rows of this page. */
  nodes: Array<PaymentTransition>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A step with its cursor. */
export type PaymentTransitionEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: PaymentTransition;
};

/** Something that is to happen at the payout gateway once, however often it is sent. */
export type PayoutOrder = Node & {
  /** When the gateway answered last, or an attempt ended without an answer. */
  answeredAt?: Maybe<Scalars['DateTime']['output']>;
  /** Attempts since the gateway last answered. */
  attempts: Scalars['Int']['output'];
  /** The instant at which it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** The how-manieth try of the step, from 1. */
  cycle: Scalars['Int']['output'];
  /** The HTTP status of that answer. */
  httpStatus?: Maybe<Scalars['Int']['output']>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The key under which the gateway knows it: the same in every attempt. */
  idempotencyKey: Scalars['String']['output'];
  /** The payment request it is for. */
  paymentRequest?: Maybe<PaymentRequest>;
  /** The reason of that state in words; null if there is nothing to say. */
  reason?: Maybe<Scalars['String']['output']>;
  /** A code of why it is in that state; null if there is nothing to say. */
  reasonCode?: Maybe<Scalars['String']['output']>;
  /** Not before then it is attempted next; null when it is over. */
  retryAt?: Maybe<Scalars['DateTime']['output']>;
  /** Since when the gateway may have it; null if it was never sent. */
  sentAt?: Maybe<Scalars['DateTime']['output']>;
  /** The state of the order. */
  state: PayoutOrderState;
  /** The step that the gateway is asked for. */
  step: PayoutStep;
};

/** A page of orders to the payout gateway. */
export type PayoutOrderConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PayoutOrderEdge>;
  /** The rows of this page. */
  nodes: Array<PayoutOrder>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** An order with its cursor. */
export type PayoutOrderEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: PayoutOrder;
};

/** Conditions on orders to the payout gateway. */
export type PayoutOrderFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<PayoutOrderFilter>>;
  /** By when it was made. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<PayoutOrderFilter>>;
  /** By payment request. */
  paymentRequest?: InputMaybe<IdFilter>;
  /** By when it is attempted next. */
  retryAt?: InputMaybe<DateTimeFilter>;
  /** By state. */
  state?: InputMaybe<PayoutOrderStateFilter>;
};

/** The order of orders to the payout gateway. */
export type PayoutOrderOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: PayoutOrderOrderField;
};

/** What `payoutOrders` can be ordered by. */
export type PayoutOrderOrderField =
  /** When it was made. */
  | 'CREATED_AT'
  /** When it is attempted next. */
  | 'RETRY_AT'
  | '%future added value';

/** Which order to send now. */
export type PayoutOrderRetryInput = {
  /** The order. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** The outcome of `payoutOrderRetry`. */
export type PayoutOrderRetryPayload = {
  /** The order as it is now. */
  payoutOrder?: Maybe<PayoutOrder>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** State of an order to the gateway. */
export type PayoutOrderState =
  /** The gateway confirmed that it happened. */
  | 'DONE'
  /** Refused: it did not happen. */
  | 'FAILED'
  /** No answer for too long; the same order is taken up again by the next try. */
  | 'GIVEN_UP'
  /** To be sent, or sent without an answer. */
  | 'PENDING'
  /** The gateway has it; the end is awaited. */
  | 'SENT'
  | '%future added value';

/** Compares with values of PayoutOrderState. */
export type PayoutOrderStateFilter = {
  /** Is this. */
  eq?: InputMaybe<PayoutOrderState>;
  /** Is one of these. */
  in?: InputMaybe<Array<PayoutOrderState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<PayoutOrderState>;
};

/** How a partner wants its incentives. */
export type PayoutPreference = Node & {
  /** Whether the product requests for it, once a day. */
  automatic: Scalars['Boolean']['output'];
  /** The way for consulting business. */
  consultingWay: PayoutWay;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The way for resale business. */
  resaleWay: PayoutWay;
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
};

/** How a partner wants its incentives, as it shall be. */
export type PayoutPreferenceSetInput = {
  /** Whether the product requests for it, once a day. */
  automatic: Scalars['Boolean']['input'];
  /** The way for consulting business. */
  consultingWay?: PayoutWay;
  /** The version you saw; 0 if there is none yet. */
  expectedVersion: Scalars['Int']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The partner. */
  partnerId: Scalars['ID']['input'];
  /** The way for resale business. */
  resaleWay?: PayoutWay;
};

/** The outcome of `payoutPreferenceSet`. */
export type PayoutPreferenceSetPayload = {
  /** The partner as it is now. */
  partner?: Maybe<Partner>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Behaviour of the sandbox gateway towards a partner. */
export type PayoutSandboxOutcome =
  /** Payouts are refused. */
  | 'CREATE_REFUSED'
  /** No answer when a payout is to be created. */
  | 'CREATE_TIMEOUT'
  /** Payments are taken and fail later, because of the bank data. */
  | 'INFO_ERROR'
  /** Coupons and top-ups are not issued. */
  | 'ISSUE_FAILED'
  /** Payments succeed, but nobody is told: only asking finds out. */
  | 'LOST_CALLBACK'
  /** Payments are refused at once. */
  | 'PAYMENT_REFUSED'
  /** Every step succeeds. */
  | 'SUCCEED'
  | '%future added value';

/** How the sandbox shall behave. */
export type PayoutSandboxTellInput = {
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** How. */
  outcome: PayoutSandboxOutcome;
  /** Towards whom; everybody nothing else was said about if left out. */
  partnerId?: InputMaybe<Scalars['ID']['input']>;
};

/** The outcome of `payoutSandboxTell`. */
export type PayoutSandboxTellPayload = {
  /** The way it behaves now; null if nothing changed. */
  outcome?: Maybe<PayoutSandboxOutcome>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Step that a gateway is asked for. */
export type PayoutStep =
  /** Create the payout: the partner can invoice for it. */
  | 'CREATE'
  /** Issue coupons or a top-up at once, without an invoice. */
  | 'ISSUE'
  /** Pay what was created. */
  | 'PAY'
  | '%future added value';

/** The terms under which incentives are paid. */
export type PayoutTerms = Node & {
  /** Calendar months after which what was not requested lapses. */
  expiryMonths: Scalars['Int']['output'];
  /** Days between issuing and the first request. */
  holdingDays: Scalars['Int']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Least amount of a request, in units of its currency. */
  minimum: Scalars['Decimal']['output'];
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
};

/** Terms as they shall be; what is not given stays. */
export type PayoutTermsSetInput = {
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** Calendar months after which what was not requested lapses, 1 to 120. */
  expiryMonths?: InputMaybe<Scalars['Int']['input']>;
  /** Days between issuing and the first request, 0 to 366. */
  holdingDays?: InputMaybe<Scalars['Int']['input']>;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Least amount of a request, in units of its currency. */
  minimum?: InputMaybe<Scalars['Decimal']['input']>;
};

/** The outcome of `payoutTermsSet`. */
export type PayoutTermsSetPayload = {
  /** The terms as they are now. */
  payoutTerms?: Maybe<PayoutTerms>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Way in which a payment request is paid. */
export type PayoutWay =
  /** To the certified bank account. */
  | 'BANK_TRANSFER'
  /** As a quota of coupons: no invoice. */
  | 'COUPON_QUOTA'
  /** Onto the partner's account at the vendor. */
  | 'TOP_UP'
  /** Onto the partner's account at the vendor, before it invoices: the invoice is owed. */
  | 'TOP_UP_OWED_INVOICE'
  | '%future added value';

/** Compares with values of PayoutWay. */
export type PayoutWayFilter = {
  /** Is this. */
  eq?: InputMaybe<PayoutWay>;
  /** Is one of these. */
  in?: InputMaybe<Array<PayoutWay>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<PayoutWay>;
};

/** A partner's claim of the incentive for an opportunity that was signed; there is one for each at most. */
export type PceClaim = Node & {
  /** The operations that lead on from its state: who may do each, and whether the caller may. */
  allowedOperations: Array<PossibleClaimMove>;
  /** The incentive; null before it is published. */
  amount?: Maybe<Money>;
  /** The customer's cash that it rests on; null before it is published. */
  basis?: Maybe<Money>;
  /** The instant at which it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** The person who made it. */
  createdBy: Scalars['String']['output'];
  /** The id of the file that proves it; null for none. */
  evidenceFileId?: Maybe<Scalars['ID']['output']>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The partner's note; empty for none. */
  note: Scalars['String']['output'];
  /** The opportunity. */
  opportunity?: Maybe<Opportunity>;
  /** The partner that claims. */
  partner?: Maybe<Partner>;
  /** The policy of the month in which the opportunity was signed. */
  policy?: Maybe<PceIncentivePolicy>;
  /** The reason of its state in words; null if nobody gave any. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Its state. */
  state: PceClaimState;
  /** The instant since which it has been in its state. */
  stateSince: Scalars['DateTime']['output'];
  /** Everything that happened to it, oldest first. */
  timeline?: Maybe<Array<PceClaimTransition>>;
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
};

/** Capacity in which somebody acts on a claim. */
export type PceClaimActor =
  /** Operations of the vendor. */
  | 'OPERATIONS'
  /** The partner that claims. */
  | 'PARTNER'
  /** The product itself. */
  | 'SYSTEM'
  | '%future added value';

/** A page of claims. */
export type PceClaimConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PceClaimEdge>;
  /** The rows of this page. */
  nodes: Array<PceClaim>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A claim to be made. */
export type PceClaimCreateInput = {
  /** A file of the opportunity that proves it. */
  evidenceFileId?: InputMaybe<Scalars['ID']['input']>;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** A note, at most 4000 characters. */
  note?: Scalars['String']['input'];
  /** The opportunity; it is linked to its accounts and orders first. */
  opportunityId: Scalars['ID']['input'];
};

/** The outcome of `pceClaimCreate`. */
export type PceClaimCreatePayload = {
  /** The new claim. */
  pceClaim?: Maybe<PceClaim>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A claim with its cursor. */
export type PceClaimEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: PceClaim;
};

/** Whether an opportunity may be claimed for now, and the incentive it would come to. */
export type PceClaimEligibility = {
  /** Everything that speaks against it. */
  against: Array<UserError>;
  /** The incentive it would come to now; null without a policy. */
  amount?: Maybe<Money>;
  /** The customer's cash so far; null without a policy. */
  basis?: Maybe<Money>;
  /** Whether nothing speaks against it. */
  eligible: Scalars['Boolean']['output'];
  /** The months whose cash counts. */
  months: Array<Scalars['Month']['output']>;
  /** The policy of the month of signing; null if there is none. */
  policy?: Maybe<PceIncentivePolicy>;
};

/** Conditions on claims. */
export type PceClaimFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<PceClaimFilter>>;
  /** By opportunity. */
  opportunity?: InputMaybe<IdFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<PceClaimFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** By state. */
  state?: InputMaybe<PceClaimStateFilter>;
};

/** A claim to be moved, and how. */
export type PceClaimMoveInput = {
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The claim. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The operation: PUBLISH or REJECT by the vendor, CONFIRM or DISPUTE by the partner. */
  operation: PceClaimOperation;
  /** The reason in words; needed where allowedOperations says so. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `pceClaimMove`. */
export type PceClaimMovePayload = {
  /** The claim as it is now. */
  pceClaim?: Maybe<PceClaim>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Operation on a claim of the opportunity incentive, as its trail records it. */
export type PceClaimOperation =
  /** The partner confirms what was published. */
  | 'CONFIRM'
  /** The partner claims. */
  | 'CREATE'
  /** The partner finds something wrong with what was published. */
  | 'DISPUTE'
  /** It is paid. */
  | 'PAY'
  /** The vendor publishes the amount. */
  | 'PUBLISH'
  /** The vendor sends it back. */
  | 'REJECT'
  /** The payment request lets it go. */
  | 'RELEASE'
  /** A payment request takes it. */
  | 'REQUEST'
  /** The partner sends it again. */
  | 'RESUBMIT'
  | '%future added value';

/** The order of claims. */
export type PceClaimOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: PceClaimOrderField;
};

/** What `pceClaims` can be ordered by. */
export type PceClaimOrderField =
  /** The instant at which it was made. */
  | 'CREATED_AT'
  /** The instant since which it has been in its state. */
  | 'STATE_SINCE'
  | '%future added value';

/** A claim that was sent back, as it shall be. */
export type PceClaimResubmitInput = {
  /** A file of the opportunity that proves it. */
  evidenceFileId?: InputMaybe<Scalars['ID']['input']>;
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The claim. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** A note, at most 4000 characters. */
  note?: Scalars['String']['input'];
};

/** The outcome of `pceClaimResubmit`. */
export type PceClaimResubmitPayload = {
  /** The claim as it is now. */
  pceClaim?: Maybe<PceClaim>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** State of a claim of the opportunity incentive. */
export type PceClaimState =
  /** Confirmed: its payment can be requested. */
  | 'AWAIT_PAYOUT_REQUEST'
  /** The partner has its money. */
  | 'COMPLETED'
  /** A payment request holds it. */
  | 'IN_PAYOUT'
  /** The vendor reviews it. */
  | 'IN_REVIEW'
  /** The vendor published the amount; the partner confirms it or says what is wrong. */
  | 'PUBLISHED_TO_CONFIRM'
  /** Sent back: the partner may mend it and send it again. */
  | 'REJECTED'
  | '%future added value';

/** Compares with values of PceClaimState. */
export type PceClaimStateFilter = {
  /** Is this. */
  eq?: InputMaybe<PceClaimState>;
  /** Is one of these. */
  in?: InputMaybe<Array<PceClaimState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<PceClaimState>;
};

/** A change of the state of a claim. */
export type PceClaimTransition = {
  /** The person who did it. */
  actor: Scalars['String']['output'];
  /** The kind of actor who did it. */
  actorKind: PceClaimActor;
  /** The instant of the change. */
  at: Scalars['DateTime']['output'];
  /** The state before; null when the claim was made. */
  from?: Maybe<PceClaimState>;
  /** The operation that changed it. */
  operation: PceClaimOperation;
  /** The reason in words; null if none was given. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Its number, from 1. */
  seq: Scalars['Int']['output'];
  /** The state after. */
  to: PceClaimState;
};

/** A commitment of the terms; a partner ticks each one when it joins. */
export type PceCommitment =
  /** Whatever the vendor shares stays between both. */
  | 'CONFIDENTIALITY'
  /** The customer agrees to the sharing of its data. */
  | 'CUSTOMER_CONSENT'
  /** The partner shares only opportunities that are real. */
  | 'REAL_OPPORTUNITIES'
  /** The partner reports progress until delivery is complete. */
  | 'REGULAR_PROGRESS'
  | '%future added value';

/** A commitment with its text. */
export type PceCommitmentText = {
  /** The commitment. */
  commitment: PceCommitment;
  /** The text of the commitment, in the request's language. */
  text: Scalars['String']['output'];
};

/** What partners earn with opportunities signed in some months. Of the policies of a currency the latest that began holds, if it has not ended. */
export type PceIncentivePolicy = Node & {
  /** The instant at which it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** The person who made it. */
  createdBy: Scalars['String']['output'];
  /** The currency it is for. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The number of months whose cash counts, from the month of signing. */
  months: Scalars['Int']['output'];
  /** Its name. */
  name: Scalars['String']['output'];
  /** The most that one opportunity earns. */
  opportunityCap: Money;
  /** The rate on the customer's cash, in parts per million: 50000 is 5 %. */
  ratePpm: Scalars['Int']['output'];
  /** The first month of signing it is for. */
  validFrom: Scalars['Month']['output'];
  /** The last month of signing it is for; null if it goes on until the next policy begins. */
  validTo?: Maybe<Scalars['Month']['output']>;
  /** The most that a partner earns with opportunities signed in a year. */
  yearCap: Money;
};

/** A page of policies of the incentive for opportunities. */
export type PceIncentivePolicyConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PceIncentivePolicyEdge>;
  /** The rows of this page. */
  nodes: Array<PceIncentivePolicy>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A policy to be made. */
export type PceIncentivePolicyCreateInput = {
  /** The currency it is for. */
  currencyCode: Scalars['CurrencyCode']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The number of months whose cash counts, from the month of signing, 1 to 36. */
  months: Scalars['Int']['input'];
  /** Its name. */
  name: Scalars['String']['input'];
  /** The most that one opportunity earns, in units of the currency. */
  opportunityCap: Scalars['Decimal']['input'];
  /** The rate on the customer's cash, in parts per million, 1 to 1000000. */
  ratePpm: Scalars['Int']['input'];
  /** The first month of signing it is for; one policy begins in a month for each currency. */
  validFrom: Scalars['Month']['input'];
  /** The last month of signing it is for; not given if it goes on until the next policy begins. */
  validTo?: InputMaybe<Scalars['Month']['input']>;
  /** The most that a partner earns with opportunities signed in a year, in units of the currency. */
  yearCap: Scalars['Decimal']['input'];
};

/** The outcome of `pceIncentivePolicyCreate`. */
export type PceIncentivePolicyCreatePayload = {
  /** The new policy. */
  pceIncentivePolicy?: Maybe<PceIncentivePolicy>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A policy with its cursor. */
export type PceIncentivePolicyEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: PceIncentivePolicy;
};

/** Conditions on policies of the incentive for opportunities. */
export type PceIncentivePolicyFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<PceIncentivePolicyFilter>>;
  /** By currency. */
  currency?: InputMaybe<CurrencyFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<PceIncentivePolicyFilter>>;
  /** By first month. */
  validFrom?: InputMaybe<MonthFilter>;
};

/** The order of policies. */
export type PceIncentivePolicyOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: PceIncentivePolicyOrderField;
};

/** What `pceIncentivePolicies` can be ordered by. */
export type PceIncentivePolicyOrderField =
  /** The first month. */
  | 'VALID_FROM'
  | '%future added value';

/** The terms that a partner accepts. */
export type PceJoinInput = {
  /** The commitments that were ticked: all of them are needed. */
  commitments: Array<PceCommitment>;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The version of the terms that was read. */
  terms: Scalars['String']['input'];
};

/** The outcome of `pceJoin`. */
export type PceJoinPayload = {
  /** The partner as it is now. */
  partner?: Maybe<Partner>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A partner's place in the frame of shared opportunities (PCE, partner customer engagement). */
export type PceProfile = Node & {
  /** Whether it is on the list of core partners, who alone earn cash incentives. */
  coreMap: Scalars['Boolean']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The instant at which it joined; null before. */
  joinedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The person who accepted the terms; null before. */
  joinedBy?: Maybe<Scalars['String']['output']>;
  /** Its stage on the development path. */
  stage: PathStage;
  /** The version of the terms that it accepted; null before. */
  terms?: Maybe<Scalars['String']['output']>;
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
};

/** A partner's profile as it shall be. */
export type PceProfileSetInput = {
  /** Whether it is on the list of core partners. */
  coreMap: Scalars['Boolean']['input'];
  /** The version you saw; 0 if there is none yet. */
  expectedVersion: Scalars['Int']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The partner. */
  partnerId: Scalars['ID']['input'];
  /** Its stage on the development path. */
  stage: PathStage;
};

/** The outcome of `pceProfileSet`. */
export type PceProfileSetPayload = {
  /** The partner as it is now. */
  partner?: Maybe<Partner>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The terms that a partner accepts before it shares opportunities. */
export type PceTerms = {
  /** The commitments, all of which a partner ticks. */
  commitments: Array<PceCommitmentText>;
  /** The version in force, as `pceJoin` takes it. */
  terms: Scalars['String']['output'];
};

/** A dimension by which performance is summed up. Currencies are always kept apart. */
export type PerformanceDimension =
  /** The way in which the product was charged. */
  | 'CHARGING_MODE'
  /** The currency; sums are always kept apart by it. */
  | 'CURRENCY'
  /** The customer. */
  | 'CUSTOMER'
  /** Association mode. */
  | 'MODE'
  /** The month in which it is posted. */
  | 'MONTH'
  /** The month it belongs to. */
  | 'ORIGIN_MONTH'
  /** The partner whose performance it is. */
  | 'PARTNER'
  /** The product. */
  | 'PRODUCT'
  /** The class of the product. */
  | 'PRODUCT_CLASS'
  /** The quarter of that month. */
  | 'QUARTER'
  /** The reason why it counted, or did not. */
  | 'REASON'
  /** The business region of that partner. */
  | 'REGION'
  | '%future added value';

/** A performance line: what a customer paid for a product in a month, as far as it counts or not for one reason. */
export type PerformanceLine = Node & {
  /** The partner that is billed for it: the partner itself, or the distributor of a reseller; null for nobody. */
  billTo?: Maybe<Partner>;
  /** The way in which the product was charged. */
  chargingMode: ChargingMode;
  /** Whether it corrects a closed month. */
  correction: Scalars['Boolean']['output'];
  /** What counted. */
  counted: Money;
  /** The customer that paid. */
  customer?: Maybe<Customer>;
  /** Says why it is what it is, down to its payments. */
  explanation?: Maybe<PerformanceLineExplanation>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Association mode at the time; null for nobody's. */
  mode?: Maybe<AssociationMode>;
  /** The month in which it is posted. */
  month: Scalars['Month']['output'];
  /** What did not count. */
  notCounted: Money;
  /** The month it belongs to; earlier than month for a correction of a closed month. */
  originMonth: Scalars['Month']['output'];
  /** The partner whose performance it is; null for nobody's. */
  partner?: Maybe<Partner>;
  /** Payments behind it. */
  payments: Scalars['BigInt']['output'];
  /** The product that was paid for. */
  product?: Maybe<Product>;
  /** The reason why it counted, or did not. */
  reason: Reason;
  /** Version of the counting rules of the month it belongs to; null until something of the month is known. */
  ruleVersion?: Maybe<Scalars['Int']['output']>;
};

/** A page of performance lines. */
export type PerformanceLineConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PerformanceLineEdge>;
  /** The rows of this page. */
  nodes: Array<PerformanceLine>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A line with its cursor. */
export type PerformanceLineEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: PerformanceLine;
};

/** Says why a line is what it is: the rules it was made by, and its payments. */
export type PerformanceLineExplanation = {
  /** Whether it corrects a closed month: its amount is then the difference to what that month says. */
  correction: Scalars['Boolean']['output'];
  /** Its payments, in the order of their key, forward only. For a correction these are all payments of the month of origin. */
  payments?: Maybe<PaymentConnection>;
  /** What the product policy of the month of origin says. */
  policy: ProductPolicyKind;
  /** Version of the counting rules. */
  ruleVersion: Scalars['Int']['output'];
};


/** Says why a line is what it is: the rules it was made by, and its payments. */
export type PerformanceLineExplanationPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Conditions on performance lines. */
export type PerformanceLineFilter = {
  /** By amount, counted or not. */
  amount?: InputMaybe<AmountFilter>;
  /** All of these hold too. */
  and?: InputMaybe<Array<PerformanceLineFilter>>;
  /** By the partner that is billed for it. */
  billTo?: InputMaybe<IdFilter>;
  /** By the way in which the product was charged. */
  chargingMode?: InputMaybe<ChargingModeFilter>;
  /** Whether it corrects a closed month. */
  correction?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it counted. */
  counted?: InputMaybe<Scalars['Boolean']['input']>;
  /** By currency. */
  currency?: InputMaybe<CurrencyFilter>;
  /** By customer. */
  customer?: InputMaybe<IdFilter>;
  /** By association mode. */
  mode?: InputMaybe<AssociationModeFilter>;
  /** By the month in which it is posted. */
  month?: InputMaybe<MonthFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<PerformanceLineFilter>>;
  /** By the month it belongs to. */
  originMonth?: InputMaybe<MonthFilter>;
  /** By the partner whose performance it is. */
  partner?: InputMaybe<IdFilter>;
  /** By product. */
  product?: InputMaybe<IdFilter>;
  /** By the class of the product. */
  productClass?: InputMaybe<StringFilter>;
  /** By the reason why it counted, or did not. */
  reason?: InputMaybe<ReasonFilter>;
};

/** The order of performance lines. */
export type PerformanceLineOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: PerformanceLineOrderField;
};

/** What `performanceLines` can be ordered by. */
export type PerformanceLineOrderField =
  /** Amount, counted or not. */
  | 'AMOUNT'
  /** Month, who is billed, partner, customer and so on: the order of the books. */
  | 'KEY'
  | '%future added value';

/** A sum of performance lines. What was not summed up by is null. */
export type PerformanceSum = {
  /** The way in which the product was charged. */
  chargingMode?: Maybe<ChargingMode>;
  /** What counted. */
  counted?: Maybe<Money>;
  /** The currency of the sum. */
  currencyCode?: Maybe<Scalars['CurrencyCode']['output']>;
  /** The customer that paid. */
  customer?: Maybe<Customer>;
  /** Lines summed up. */
  lines: Scalars['BigInt']['output'];
  /** Association mode; null also for nobody's. */
  mode?: Maybe<AssociationMode>;
  /** The month in which it is posted. */
  month?: Maybe<Scalars['Month']['output']>;
  /** What did not count. */
  notCounted?: Maybe<Money>;
  /** The month it belongs to. */
  originMonth?: Maybe<Scalars['Month']['output']>;
  /** The partner whose performance it is; null also for nobody's. */
  partner?: Maybe<Partner>;
  /** Payments behind the lines; a payment with two reasons is in two lines. */
  payments: Scalars['BigInt']['output'];
  /** The product that was paid for. */
  product?: Maybe<Product>;
  /** The class of the product. */
  productClass?: Maybe<Scalars['String']['output']>;
  /** The quarter of that month, e.g. "2026-Q3". */
  quarter?: Maybe<Scalars['String']['output']>;
  /** The reason why it counted, or did not. */
  reason?: Maybe<Reason>;
  /** The business region of that partner; empty for nobody's. */
  region?: Maybe<Scalars['String']['output']>;
};

/** A page of sums. */
export type PerformanceSumConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<PerformanceSumEdge>;
  /** The rows of this page. */
  nodes: Array<PerformanceSum>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A sum with its cursor. */
export type PerformanceSumEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: PerformanceSum;
};

/** The order of sums of performance; groups decide between equals. */
export type PerformanceSumOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: PerformanceSumOrderField;
};

/** What `performanceSums` can be ordered by. */
export type PerformanceSumOrderField =
  /** What counted. */
  | 'COUNTED'
  /** Group by group, in the order of `PerformanceDimension`. */
  | 'GROUP'
  /** How many lines. */
  | 'LINES'
  /** What did not count. */
  | 'NOT_COUNTED'
  /** How many payments. */
  | 'PAYMENTS'
  | '%future added value';

/** A person who reviews opportunities or gives them to offices. */
export type PersonInput = {
  /** The e-mail address that letters go to. */
  email: Scalars['String']['input'];
  /** The language of letters: en or zh-CN. */
  language?: Scalars['String']['input'];
  /** The name under which people know the person. */
  name: Scalars['String']['input'];
  /** The person's name in tokens (`sub`). */
  subject: Scalars['String']['input'];
};

/** An operation that leads on from the state of a claim. */
export type PossibleClaimMove = {
  /** Whether actors like the caller may do it. */
  allowed: Scalars['Boolean']['output'];
  /** The actors who may do it. */
  by: Array<PceClaimActor>;
  /** Whether it needs a reason. */
  needsReason: Scalars['Boolean']['output'];
  /** The operation. */
  operation: PceClaimOperation;
  /** The state that it leads to. */
  to: PceClaimState;
  /** Why the caller may not, in the request's language; null if it may. */
  whyNot?: Maybe<Scalars['String']['output']>;
};

/** An operation that leads on from the state of an opportunity. */
export type PossibleMove = {
  /** Whether actors like the caller may do it. What else it needs is said when it is refused. */
  allowed: Scalars['Boolean']['output'];
  /** The actors who may do it. */
  by: Array<OpportunityActor>;
  /** Whether it needs a reason in words. */
  needsReason: Scalars['Boolean']['output'];
  /** The operation. */
  operation: OpportunityOperation;
  /** The reasons of which it needs one; empty if it needs none. */
  reasonCodes: Array<OpportunityReason>;
  /** The state that it leads to. */
  to: OpportunityState;
  /** Why the caller may not, in the request's language; null if it may. */
  whyNot?: Maybe<Scalars['String']['output']>;
};

/** Something that can be done from where a request stands. */
export type PossibleOperation = {
  /** Whether it is for people like the caller. What else it needs (another person than before, invoices that add up) is said when it is refused. */
  allowed: Scalars['Boolean']['output'];
  /** The parties that may do it. */
  by: Array<PaymentActor>;
  /** Whether it needs a reason. */
  needsReason: Scalars['Boolean']['output'];
  /** The operation. */
  operation: PaymentOperation;
  /** The state after. */
  to: PaymentState;
  /** Why the caller may not, in the request's language; null if it may. */
  whyNot?: Maybe<Scalars['String']['output']>;
};

/** An operation that is possible with a run in its state. */
export type PossibleRunOperation = {
  /** Whether the caller may. */
  allowed: Scalars['Boolean']['output'];
  /** The operation. */
  operation: SettlementRunOperation;
  /** The state after it. */
  to: RunState;
};

/** An activity at the customer before the opportunity was shared. */
export type PresalesActivity =
  /** The customer was met. */
  | 'CUSTOMER_MEETING'
  /** It was shown something. */
  | 'DEMONSTRATION'
  /** The need was worked out with it. */
  | 'NEED_ALIGNMENT'
  /** Something was tried out. */
  | 'PROOF_OF_CONCEPT'
  /** An offer was made. */
  | 'QUOTATION'
  /** A solution was discussed. */
  | 'SOLUTION_DISCUSSION'
  | '%future added value';

/** On whose behalf a request runs. */
export type PrincipalKind =
  /** A customer's user. */
  | 'CUSTOMER'
  /** Staff of the vendor. */
  | 'OPERATOR'
  /** A member of a partner's staff. */
  | 'PARTNER'
  /** The product itself. */
  | 'SYSTEM'
  | '%future added value';

/** A product of a cloud provider, as bills name it. */
export type Product = Node & {
  /** The class that incentive rates go by. */
  class: Scalars['String']['output'];
  /** The product's code at its provider. */
  code: Scalars['String']['output'];
  /** The instant at which a bill first named it. */
  createdAt: Scalars['DateTime']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Its category on the marketplace. */
  marketplaceCategory?: Maybe<MarketplaceCategory>;
  /** The name under which people know it. */
  name: Scalars['String']['output'];
  /** Everything that was set for it, oldest month first; at most one entry a month. */
  policies?: Maybe<Array<ProductPolicy>>;
  /** What counts of it in a month. */
  policy?: Maybe<ProductPolicyKind>;
  /** The provider as it stands in bills. */
  provider: Scalars['String']['output'];
};


/** A product of a cloud provider, as bills name it. */
export type ProductPolicyArgs = {
  month: Scalars['Month']['input'];
};

/** A page of products. */
export type ProductConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<ProductEdge>;
  /** The rows of this page. */
  nodes: Array<Product>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A product with its cursor. */
export type ProductEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: Product;
};

/** Conditions on products. */
export type ProductFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<ProductFilter>>;
  /** By class. */
  class?: InputMaybe<StringFilter>;
  /** By code. */
  code?: InputMaybe<StringFilter>;
  /** By id. */
  id?: InputMaybe<IdFilter>;
  /** By the name under which people know it. */
  name?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<ProductFilter>>;
  /** By provider. */
  provider?: InputMaybe<StringFilter>;
};

/** The order of products. */
export type ProductOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: ProductOrderField;
};

/** What `products` can be ordered by. */
export type ProductOrderField =
  /** Provider and code. */
  | 'CODE'
  /** The name under which people know it. */
  | 'NAME'
  | '%future added value';

/** A policy that was set for a product from a month on. */
export type ProductPolicy = {
  /** The instant at which it was set. */
  changedAt: Scalars['DateTime']['output'];
  /** First month it holds for, until the next one. */
  month: Scalars['Month']['output'];
  /** What counts of the product. */
  policy: ProductPolicyKind;
};

/** Rule of a month's product policy for a product: does it count as performance, does it earn? */
export type ProductPolicyKind =
  /** Neither performance nor incentive. */
  | 'NO_PERFORMANCE'
  /** Ordinary product: it counts and earns at the ordinary rates. */
  | 'ORDINARY'
  /** Performance, but no incentive. */
  | 'PERFORMANCE_ONLY'
  /** Specific product: an incentive rate of its own may apply. */
  | 'SPECIFIC'
  | '%future added value';

/** What is to count of a product. */
export type ProductPolicySetInput = {
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** First month it holds for; not before the last final month. */
  month: Scalars['Month']['input'];
  /** What counts of the product. */
  policy: ProductPolicyKind;
  /** The product. */
  productId: Scalars['ID']['input'];
};

/** The outcome of `productPolicySet`. */
export type ProductPolicySetPayload = {
  /** The product with its policies as they are now. */
  product?: Maybe<Product>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The programme's own settings. */
export type Programme = Node & {
  /** Whether months become final by themselves on their day. */
  automaticFinal: Scalars['Boolean']['output'];
  /** Units of the bill's currency below which nothing is parked. */
  billFactorFloor: Scalars['Decimal']['output'];
  /** The factor to what is usual beyond which a bill is parked for review, in parts per million: 3000000 is three times; 0 parks nothing. */
  billFactorPpm: Scalars['Int']['output'];
  /** Whether cash coupons count as cash. */
  cashCouponCounts: Scalars['Boolean']['output'];
  /** Days to confirm a bill before it confirms itself. */
  confirmDays: Scalars['Int']['output'];
  /** Which customers earn nothing for how long after they came from another partner, oldest rule first. */
  coolingOffRules: Array<CoolingOffRule>;
  /** Day of the next month on which the draft is made. */
  draftDay: Scalars['Int']['output'];
  /** Day of the next month on which the month becomes final. */
  finalDay: Scalars['Int']['output'];
  /** The first month that closes by itself; null while none does. */
  goLive?: Maybe<Scalars['Month']['output']>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The name under which people know the programme. */
  name: Scalars['String']['output'];
  /** Version of the counting rules. */
  ruleVersion: Scalars['Int']['output'];
  /** The vendor's site, e.g. CN. */
  site: Scalars['String']['output'];
  /** IANA time zone of month borders, e.g. Asia/Shanghai. */
  timeZone: Scalars['String']['output'];
  /** Grows with every change; the expectedVersion of the next one. */
  version: Scalars['Int']['output'];
};

/** Settings to be changed; what is not given stays. */
export type ProgrammeUpdateInput = {
  /** Whether months become final by themselves on their day, unless their checklist blocks. */
  automaticFinal?: InputMaybe<Scalars['Boolean']['input']>;
  /** Units of the bill's currency below which nothing is parked; at most 2 decimals. */
  billFactorFloor?: InputMaybe<Scalars['Decimal']['input']>;
  /**
   * The factor to what is usual beyond which a bill is parked for review, in parts per million:
   * 1000000 to 1000000000, or 0 to park nothing.
   */
  billFactorPpm?: InputMaybe<Scalars['Int']['input']>;
  /** Whether cash coupons count as cash, in the months that are open. */
  cashCouponCounts?: InputMaybe<Scalars['Boolean']['input']>;
  /** Days to confirm a bill, 1 to 90. */
  confirmDays?: InputMaybe<Scalars['Int']['input']>;
  /** Day of the next month on which the draft is made, 1 to 28. */
  draftDay?: InputMaybe<Scalars['Int']['input']>;
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** Day of the next month on which the month becomes final, 1 to 28. */
  finalDay?: InputMaybe<Scalars['Int']['input']>;
  /** The first month that closes by itself. */
  goLive?: InputMaybe<Scalars['Month']['input']>;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The name under which people know the programme, 1 to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** IANA time zone of month borders; only while there is no month yet. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** The outcome of `programmeUpdate`. */
export type ProgrammeUpdatePayload = {
  /** The settings as they are now; also on a version conflict. */
  programme?: Maybe<Programme>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Phase of the customer's purchase, from early to late. */
export type PurchasePhase =
  /** The contract is prepared. */
  | 'CONTRACTING'
  /** The need is planned. */
  | 'PLANNING'
  /** Offers are compared. */
  | 'SELECTION'
  /** A tender is prepared. */
  | 'TENDER_PREPARATION'
  /** The customer works on its top-level design. */
  | 'TOP_LEVEL_DESIGN'
  | '%future added value';

/** Where everything that can be asked begins. */
export type Query = {
  /** The audit trail, latest first. */
  auditEvents?: Maybe<AuditEventConnection>;
  /** Feedback on a bill by id; null if the caller sees none. */
  billFeedback?: Maybe<BillFeedback>;
  /** The feedback on bills the caller sees: a partner its own. Latest first. */
  billFeedbacks?: Maybe<BillFeedbackConnection>;
  /** The days of a year that do not go by their weekday, in order, at most 366: holidays, and days on which missed work is made up. All others work from Monday to Friday. */
  calendarDays?: Maybe<Array<CalendarDay>>;
  /** Everything that speaks against making a month final now, computed anew each time; empty once it is closed. */
  closeChecklist?: Maybe<Array<CloseFinding>>;
  /** The accounts the caller sees. Those of nobody are seen by the vendor's staff only. */
  cloudAccounts?: Maybe<CloudAccountConnection>;
  /** The people who have to agree to payment requests, and to which. */
  countersignApprovers?: Maybe<CountersignApproverConnection>;
  /** A customer by id; null if the caller sees none. */
  customer?: Maybe<Customer>;
  /** The customers the caller sees. */
  customers?: Maybe<CustomerConnection>;
  /** The deadlines, the next one due first. A partner sees those that concern it. */
  deadlines?: Maybe<DeadlineConnection>;
  /** What people read for the values of every enum, in both languages. Of UserErrorCode it is the message, in which {} stands for the detail. */
  enumLabels?: Maybe<Array<EnumLabels>>;
  /** Every refusal a mutation can answer with, in both languages. */
  errorCatalogue: Array<ErrorCatalogueEntry>;
  /** What happened, latest first: a partner sees what concerns it. Clients that cannot subscribe ask for this. */
  events?: Maybe<EventConnection>;
  /** An export by id. */
  export?: Maybe<Export>;
  /** The exports, newest first: a partner's own, operators see all. */
  exports?: Maybe<ExportConnection>;
  /** A file by id. */
  file?: Maybe<StoredFile>;
  /** An import by id; null if the caller sees none. */
  import?: Maybe<Import>;
  /** The imports, newest first. */
  imports?: Maybe<ImportConnection>;
  /** An incentive bill by id; null if the caller sees none. */
  incentiveBill?: Maybe<IncentiveBill>;
  /** The incentive bills the caller sees: a partner its own. Latest month first. */
  incentiveBills?: Maybe<IncentiveBillConnection>;
  /** The entitlements the caller sees: a partner its own. Latest first. */
  incentiveEntitlements?: Maybe<IncentiveEntitlementConnection>;
  /** Every version of every incentive policy, latest first. */
  incentivePolicies?: Maybe<IncentivePolicyConnection>;
  /** The invoices the caller sees: those with an account of a customer it sees. */
  invoices?: Maybe<InvoiceConnection>;
  /** The recurring jobs of the workers, in the order in which one worker alone runs them: some twenty, never paged. */
  jobs?: Maybe<Array<Job>>;
  /** The postings the caller sees: a partner its own. Latest first. */
  ledgerPostings?: Maybe<LedgerPostingConnection>;
  /** What was sold on the marketplace in a month, and what of it is billed: a partner sees what it sold. */
  marketplaceLines?: Maybe<MarketplaceLineConnection>;
  /** The terms the caller sees: a partner its own and those of everybody. Latest first. */
  marketplaceTerms?: Maybe<MarketplaceTermsConnection>;
  /** The messages to people, latest first. */
  messages?: Maybe<MessageConnection>;
  /** A month; null until something of it is known. */
  month?: Maybe<SettlementMonth>;
  /** The months, latest first. */
  months?: Maybe<SettlementMonthConnection>;
  /** Anything by its id. Malformed, unknown and foreign ids all give null. */
  node?: Maybe<Node>;
  /** Many things by their ids, in the same order, null for each that is not found. */
  nodes: Array<Maybe<Node>>;
  /** The vendor's offices and coordinators. */
  offices?: Maybe<Offices>;
  /** The opportunities the caller sees: a partner its own, the vendor's staff all but drafts. Latest first. */
  opportunities?: Maybe<OpportunityConnection>;
  /** An opportunity by id; null if the caller sees none. */
  opportunity?: Maybe<Opportunity>;
  /** The offers the caller sees: a partner those to itself, the vendor's staff all. Latest first. */
  opportunityOffers?: Maybe<OpportunityOfferConnection>;
  /** The opportunities the caller sees, added up by kind, state, stage, month of signing and currency. */
  opportunityPipeline?: Maybe<Array<OpportunityPipelineSum>>;
  /** The caller's own views of opportunities, by name; there are at most 50. */
  opportunityViews?: Maybe<Array<OpportunityView>>;
  /** A partner by id; null if the caller sees none. */
  partner?: Maybe<Partner>;
  /** The invoices of partners the caller sees: a partner its own. Latest first. */
  partnerInvoices?: Maybe<PartnerInvoiceConnection>;
  /** The offerings the caller sees: a partner its own, the vendor's staff all. Latest first. */
  partnerOfferings?: Maybe<PartnerOfferingConnection>;
  /** The partners the caller sees: a partner itself and its resellers. */
  partners?: Maybe<PartnerConnection>;
  /** A payment by id; null if the caller sees none. */
  payment?: Maybe<Payment>;
  /** A payment request by id; null if the caller sees none. */
  paymentRequest?: Maybe<PaymentRequest>;
  /** The payment requests the caller sees, summed up by what it names, with the age of the oldest: one statement, however many groups. */
  paymentRequestSums?: Maybe<PaymentRequestSumConnection>;
  /** The payment requests the caller sees: a partner its own. Latest first. */
  paymentRequests?: Maybe<PaymentRequestConnection>;
  /** Every step that requests of a kind and way of payment can make. */
  paymentSteps: Array<PaymentStep>;
  /** The payments the caller sees, summed up by what it names: one statement, however many groups. Without a month in the filter it reads them all. */
  paymentSums?: Maybe<PaymentSumConnection>;
  /** The payments the caller sees, by month, account and time. A partner sees those of the time in which it, or its reseller, had the customer. */
  payments?: Maybe<PaymentConnection>;
  /** The orders to the payout gateway. Latest first. */
  payoutOrders?: Maybe<PayoutOrderConnection>;
  /** The terms under which incentives are paid. */
  payoutTerms?: Maybe<PayoutTerms>;
  /** A claim by id; null if the caller sees none. */
  pceClaim?: Maybe<PceClaim>;
  /** Whether an opportunity may be claimed for now: everything that speaks against it, and the incentive it would come to. Null if the caller does not see the opportunity. */
  pceClaimEligibility?: Maybe<PceClaimEligibility>;
  /** The claims the caller sees: a partner its own, the vendor's staff all. Latest first. */
  pceClaims?: Maybe<PceClaimConnection>;
  /** Every policy of the incentive for opportunities, latest first. */
  pceIncentivePolicies?: Maybe<PceIncentivePolicyConnection>;
  /** The terms that a partner accepts before it shares opportunities. */
  pceTerms: PceTerms;
  /** A performance line by id; null if the caller sees none. */
  performanceLine?: Maybe<PerformanceLine>;
  /** The performance lines the caller sees: its own performance, and what rolls up to it. */
  performanceLines?: Maybe<PerformanceLineConnection>;
  /** The performance the caller sees, summed up by what it names: one statement, however many groups. */
  performanceSums?: Maybe<PerformanceSumConnection>;
  /** The catalogue: every product a bill has named. */
  products?: Maybe<ProductConnection>;
  /** The programme's own settings. */
  programme?: Maybe<Programme>;
  /** Whatever the caller sees that bears this text: by a piece of a name (partners, customers, opportunities, products, offerings, imports, policies), by a whole number (accounts, invoices, payouts, CRM), or by its id. */
  search?: Maybe<Array<Node>>;
  /** Names under which bills say that something is sold, latest first; for the vendor's staff. */
  sellerNames?: Maybe<SellerNameConnection>;
  /** A settlement bill by id; null if the caller sees none. */
  settlementBill?: Maybe<SettlementBill>;
  /** The bill-out of a month; null if it was never asked for. */
  settlementBillOut?: Maybe<SettlementBillOut>;
  /** The settlement bills the caller sees: a partner its own. Latest month first. */
  settlementBills?: Maybe<SettlementBillConnection>;
  /** What a settlement run of a month would write now, held against what stands; nothing is written. For a month that is final: what its own performance would come to today, under the policies that are tried; its books do not change. Ordered by partner and currency. */
  settlementPreview?: Maybe<SettlementPreviewConnection>;
  /** A settlement run by id; null if the caller sees none. */
  settlementRun?: Maybe<SettlementRun>;
  /** The settlement runs, newest first. */
  settlementRuns?: Maybe<SettlementRunConnection>;
  /** What bill-outs did not bill, and why: a partner sees its own. Latest month first. */
  settlementWithheld?: Maybe<SettlementWithheldConnection>;
  /** Proves that the books hold, one month or all of them: nothing is lost, nothing is counted twice. Reads only: customers whose changes wait to be worked in are left out and counted in a line of their own. */
  verify?: Maybe<Array<VerifyCheck>>;
  /** The caller, and what it may use. */
  viewer: Viewer;
  /** Tells whether a day is a working day of the programme. */
  workingDay?: Maybe<WorkingDay>;
};


/** Where everything that can be asked begins. */
export type QueryAuditEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditEventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<AuditEventOrder>;
};


/** Where everything that can be asked begins. */
export type QueryBillFeedbackArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryBillFeedbacksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<BillFeedbackFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<BillFeedbackOrder>;
};


/** Where everything that can be asked begins. */
export type QueryCalendarDaysArgs = {
  year: Scalars['Int']['input'];
};


/** Where everything that can be asked begins. */
export type QueryCloseChecklistArgs = {
  month: Scalars['Month']['input'];
};


/** Where everything that can be asked begins. */
export type QueryCloudAccountsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CloudAccountFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CloudAccountOrder>;
};


/** Where everything that can be asked begins. */
export type QueryCountersignApproversArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CountersignApproverFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CountersignApproverOrder>;
};


/** Where everything that can be asked begins. */
export type QueryCustomerArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryCustomersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CustomerFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<CustomerOrder>;
};


/** Where everything that can be asked begins. */
export type QueryDeadlinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeadlineFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  mine?: Scalars['Boolean']['input'];
  orderBy?: InputMaybe<DeadlineOrder>;
};


/** Where everything that can be asked begins. */
export type QueryEnumLabelsArgs = {
  names?: InputMaybe<Array<Scalars['String']['input']>>;
};


/** Where everything that can be asked begins. */
export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<EventOrder>;
};


/** Where everything that can be asked begins. */
export type QueryExportArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryExportsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ExportFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ExportOrder>;
};


/** Where everything that can be asked begins. */
export type QueryFileArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryImportArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryImportsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ImportFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ImportOrder>;
};


/** Where everything that can be asked begins. */
export type QueryIncentiveBillArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryIncentiveBillsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<IncentiveBillFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<IncentiveBillOrder>;
};


/** Where everything that can be asked begins. */
export type QueryIncentiveEntitlementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<IncentiveEntitlementFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  free?: Scalars['Boolean']['input'];
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<IncentiveEntitlementOrder>;
};


/** Where everything that can be asked begins. */
export type QueryIncentivePoliciesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<IncentivePolicyFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<IncentivePolicyOrder>;
};


/** Where everything that can be asked begins. */
export type QueryInvoicesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<InvoiceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<InvoiceOrder>;
};


/** Where everything that can be asked begins. */
export type QueryLedgerPostingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LedgerPostingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<LedgerPostingOrder>;
};


/** Where everything that can be asked begins. */
export type QueryMarketplaceLinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MarketplaceLineFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  month: Scalars['Month']['input'];
  orderBy?: InputMaybe<MarketplaceLineOrder>;
};


/** Where everything that can be asked begins. */
export type QueryMarketplaceTermsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MarketplaceTermsFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MarketplaceTermsOrder>;
};


/** Where everything that can be asked begins. */
export type QueryMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MessageOrder>;
};


/** Where everything that can be asked begins. */
export type QueryMonthArgs = {
  month: Scalars['Month']['input'];
};


/** Where everything that can be asked begins. */
export type QueryMonthsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SettlementMonthFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SettlementMonthOrder>;
};


/** Where everything that can be asked begins. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** Where everything that can be asked begins. */
export type QueryOpportunitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  awaitingMyReview?: Scalars['Boolean']['input'];
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OpportunityFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  mine?: Scalars['Boolean']['input'];
  orderBy?: InputMaybe<OpportunityOrder>;
  search?: InputMaybe<Scalars['String']['input']>;
  suspected?: Scalars['Boolean']['input'];
};


/** Where everything that can be asked begins. */
export type QueryOpportunityArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryOpportunityOffersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OpportunityOfferFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<OpportunityOfferOrder>;
};


/** Where everything that can be asked begins. */
export type QueryOpportunityPipelineArgs = {
  filter?: InputMaybe<OpportunityFilter>;
  mine?: Scalars['Boolean']['input'];
  search?: InputMaybe<Scalars['String']['input']>;
};


/** Where everything that can be asked begins. */
export type QueryPartnerArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryPartnerInvoicesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PartnerInvoiceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PartnerInvoiceOrder>;
};


/** Where everything that can be asked begins. */
export type QueryPartnerOfferingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PartnerOfferingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PartnerOfferingOrder>;
};


/** Where everything that can be asked begins. */
export type QueryPartnersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PartnerFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PartnerOrder>;
};


/** Where everything that can be asked begins. */
export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryPaymentRequestArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryPaymentRequestSumsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentRequestFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  groupBy?: Array<PaymentRequestDimension>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentRequestSumOrder>;
};


/** Where everything that can be asked begins. */
export type QueryPaymentRequestsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  awaitingMe?: Scalars['Boolean']['input'];
  awaitingMyVote?: Scalars['Boolean']['input'];
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentRequestFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentRequestOrder>;
};


/** Where everything that can be asked begins. */
export type QueryPaymentStepsArgs = {
  kind: PaymentKind;
  way: PayoutWay;
};


/** Where everything that can be asked begins. */
export type QueryPaymentSumsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  groupBy: Array<PaymentDimension>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentSumOrder>;
};


/** Where everything that can be asked begins. */
export type QueryPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PaymentOrder>;
};


/** Where everything that can be asked begins. */
export type QueryPayoutOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PayoutOrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PayoutOrderOrder>;
};


/** Where everything that can be asked begins. */
export type QueryPceClaimArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryPceClaimEligibilityArgs = {
  opportunityId: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryPceClaimsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PceClaimFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PceClaimOrder>;
};


/** Where everything that can be asked begins. */
export type QueryPceIncentivePoliciesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PceIncentivePolicyFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PceIncentivePolicyOrder>;
};


/** Where everything that can be asked begins. */
export type QueryPerformanceLineArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QueryPerformanceLinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PerformanceLineFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PerformanceLineOrder>;
};


/** Where everything that can be asked begins. */
export type QueryPerformanceSumsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PerformanceLineFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  groupBy: Array<PerformanceDimension>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PerformanceSumOrder>;
};


/** Where everything that can be asked begins. */
export type QueryProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProductFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ProductOrder>;
};


/** Where everything that can be asked begins. */
export type QuerySearchArgs = {
  first?: Scalars['Int']['input'];
  text: Scalars['String']['input'];
};


/** Where everything that can be asked begins. */
export type QuerySellerNamesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SellerNameFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SellerNameOrder>;
};


/** Where everything that can be asked begins. */
export type QuerySettlementBillArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QuerySettlementBillOutArgs = {
  month: Scalars['Month']['input'];
};


/** Where everything that can be asked begins. */
export type QuerySettlementBillsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SettlementBillFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SettlementBillOrder>;
};


/** Where everything that can be asked begins. */
export type QuerySettlementPreviewArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  changedOnly?: Scalars['Boolean']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  month: Scalars['Month']['input'];
  partner?: InputMaybe<Scalars['ID']['input']>;
  policies?: InputMaybe<Array<SettlementPreviewPolicyInput>>;
};


/** Where everything that can be asked begins. */
export type QuerySettlementRunArgs = {
  id: Scalars['ID']['input'];
};


/** Where everything that can be asked begins. */
export type QuerySettlementRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SettlementRunFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SettlementRunOrder>;
};


/** Where everything that can be asked begins. */
export type QuerySettlementWithheldArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SettlementWithheldFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SettlementWithheldOrder>;
};


/** Where everything that can be asked begins. */
export type QueryVerifyArgs = {
  month?: InputMaybe<Scalars['Month']['input']>;
};


/** Where everything that can be asked begins. */
export type QueryWorkingDayArgs = {
  day: Scalars['Date']['input'];
};

/** Reason for which an amount counted, or did not. The order of the codes is the order of precedence, but of the last. */
export type Reason =
  /** Paid by cash coupon, which the programme does not count. */
  | 'CASH_COUPON'
  /** The customer was re-bound and the new partner is in its cooling-off time. */
  | 'COOLING_OFF'
  /** Cash of a settled, paid consumption: it is performance. */
  | 'COUNTED'
  /** The customer is an internal account of the vendor. */
  | 'INTERNAL_ACCOUNT'
  /** A marketplace item whose service partner is not the customer's partner. */
  | 'MARKETPLACE_OTHER_PARTNER'
  /** Paid from bonus money or written off by the vendor. */
  | 'NOT_CASH'
  /** No partner had the customer when it was consumed. */
  | 'NO_PARTNER'
  /** It would count, but the product policy of the month excludes the product. */
  | 'PRODUCT_POLICY'
  /** Tax is never performance. */
  | 'TAX'
  /** Nobody decided yet whether its seller is the vendor itself; stands behind MARKETPLACE_OTHER_PARTNER. */
  | 'UNCLASSIFIED'
  /** Not paid yet: an unsettled invoice, credit or debt. */
  | 'UNPAID'
  /** Paid by voucher. */
  | 'VOUCHER'
  | '%future added value';

/** Compares with values of Reason. */
export type ReasonFilter = {
  /** Is this. */
  eq?: InputMaybe<Reason>;
  /** Is one of these. */
  in?: InputMaybe<Array<Reason>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<Reason>;
};

/** Something that is looked at before an opportunity is offered to a partner. */
export type RecipientGround =
  /** Its stage on the development path suffices, or what it delivered makes up for it. */
  | 'DEVELOPED'
  /** It joined the frame of shared opportunities. */
  | 'JOINED'
  /** It did not refuse this opportunity before, nor leave it unanswered. */
  | 'NOT_REFUSED_BEFORE'
  /** It offers something of the product family. */
  | 'OFFERING'
  /** It works in the region of the office that looks after the opportunity. */
  | 'REGION'
  | '%future added value';

/** A reseller joins a distributor. */
export type ResellerLinkInput = {
  /** The distributor, of the same region. */
  distributorId: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The reseller. */
  resellerId: Scalars['ID']['input'];
  /** The instant from which it holds; now if not given. An open link ends there. */
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
};

/** The outcome of `resellerLink`. */
export type ResellerLinkPayload = {
  /** The reseller as it is now. */
  reseller?: Maybe<Partner>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** Ground on which an opportunity came to its office. */
export type RouteKind =
  /** No office matches, or none has a reviewer: a coordinator finds one. */
  | 'COORDINATOR'
  /** The office of the customer's location. */
  | 'CUSTOMER_LOCATION'
  /** Nobody reviewed it in time. */
  | 'ESCALATED'
  /** The office that owns the customer. */
  | 'EXISTING_CUSTOMER'
  /** Somebody gave it to this office. */
  | 'REASSIGNED'
  | '%future added value';

/** Kind of books that a settlement run makes. */
export type RunKind =
  /** The reviewed draft of the month. */
  | 'DRAFT'
  /** Bills as they look so far. */
  | 'ESTIMATE'
  /** The final books of the month. */
  | 'FINAL'
  | '%future added value';

/** Compares with values of RunKind. */
export type RunKindFilter = {
  /** Is this. */
  eq?: InputMaybe<RunKind>;
  /** Is one of these. */
  in?: InputMaybe<Array<RunKind>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<RunKind>;
};

/** Step of a settlement run that comes next. */
export type RunPhase =
  /** Sum the lines and write the bills, shard by shard of the partners. */
  | 'BILL'
  /** Check the control totals and move the month. */
  | 'CLOSE'
  /** Fix the cut-off, recompute dirty customers, take the input digest. */
  | 'FREEZE'
  | '%future added value';

/** State of a settlement run. */
export type RunState =
  /** Given up by an operator. */
  | 'CANCELLED'
  /** Stopped with an error; can be resumed. */
  | 'FAILED'
  /** Stopped by an operator; can be resumed. */
  | 'PAUSED'
  /** Waits for a worker. */
  | 'PENDING'
  /** A worker holds its lease. */
  | 'RUNNING'
  /** Everything written and proved. */
  | 'SUCCEEDED'
  | '%future added value';

/** Compares with values of RunState. */
export type RunStateFilter = {
  /** Is this. */
  eq?: InputMaybe<RunState>;
  /** Is one of these. */
  in?: InputMaybe<Array<RunState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<RunState>;
};

/** A thing, as you saw it. */
export type Seen = {
  /** The version you saw. */
  expectedVersion: Scalars['Int']['input'];
  /** The id of the thing. */
  id: Scalars['ID']['input'];
};

/** Owner of a name under which bills say that something is sold. */
export type SellerKind =
  /** A seller's on the marketplace, a partner's or not. */
  | 'SELLER'
  /** Nobody said yet: its payments wait as unclassified. */
  | 'UNDECIDED'
  /** One of the vendor's own names: what is sold under it is no marketplace item. */
  | 'VENDOR'
  | '%future added value';

/** Compares with values of SellerKind. */
export type SellerKindFilter = {
  /** Is this. */
  eq?: InputMaybe<SellerKind>;
  /** Is one of these. */
  in?: InputMaybe<Array<SellerKind>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<SellerKind>;
};

/** A name under which bills say that something is sold, and whose it is. */
export type SellerName = Node & {
  /** The instant at which a bill first named it. */
  createdAt: Scalars['DateTime']['output'];
  /** The instant of the decision; null while there is none. */
  decidedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The person who decided; null for nobody. */
  decidedBy?: Maybe<Scalars['String']['output']>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Whose it is; while it is UNDECIDED its payments wait as UNCLASSIFIED. */
  kind: SellerKind;
  /** The name as bills write it. */
  name: Scalars['String']['output'];
  /** The name without case, width, signs and legal form: names that share it are decided together. */
  normal: Scalars['String']['output'];
};

/** A page of names of sellers. */
export type SellerNameConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<SellerNameEdge>;
  /** The rows of this page. */
  nodes: Array<SellerName>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A decision about a name. */
export type SellerNameDecideInput = {
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Owner of the name; UNDECIDED takes a decision back. */
  kind: SellerKind;
  /** The name as bills write it; bills need not have named it yet. */
  name: Scalars['String']['input'];
};

/** The outcome of `sellerNameDecide`. */
export type SellerNameDecidePayload = {
  /** The name as it is now. */
  sellerName?: Maybe<SellerName>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A name of a seller with its cursor. */
export type SellerNameEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: SellerName;
};

/** Conditions on names of sellers. */
export type SellerNameFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<SellerNameFilter>>;
  /** By whose it is. */
  kind?: InputMaybe<SellerKindFilter>;
  /** By name. */
  name?: InputMaybe<StringFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<SellerNameFilter>>;
};

/** The order of names of sellers. */
export type SellerNameOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: SellerNameOrderField;
};

/** What `sellerNames` can be ordered by. */
export type SellerNameOrderField =
  /** The instant at which a bill first named it. */
  | 'CREATED_AT'
  /** The name. */
  | 'NAME'
  | '%future added value';

/** What the vendor owes a seller for its sales on the marketplace, by the bill-out of a month, in one currency and category; below zero what the seller owes, which is carried forward. */
export type SettlementBill = Node & {
  /** The amount that the seller gets: sales less fees. */
  amount: Money;
  /** The category of what was sold. */
  category: MarketplaceCategory;
  /** The instant at which it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** The currency. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** The state as people read it, in the request's language. */
  label: Scalars['String']['output'];
  /** Its lines in order, with what rounding left over as a line of its own. */
  lines?: Maybe<SettlementBillLineConnection>;
  /** The month that was billed out. */
  month: Scalars['Month']['output'];
  /** The fee for operating the platform, taken of the sales so far, less what earlier bills hold. */
  operatingFee: Money;
  /** The seller. */
  partner?: Maybe<Partner>;
  /** The payment request that holds it; of a void bill, the one that held it. Null while it is carried forward. */
  paymentRequest?: Maybe<PaymentRequest>;
  /** The fee for the platform, taken of the sales so far, less what earlier bills hold. */
  platformFee: Money;
  /** Sales: what customers paid less what earlier bills hold. */
  sales: Money;
  /** The state of the bill. */
  state: SettlementBillState;
  /** Grows with every change. */
  version: Scalars['Int']['output'];
};


/** What the vendor owes a seller for its sales on the marketplace, by the bill-out of a month, in one currency and category; below zero what the seller owes, which is carried forward. */
export type SettlementBillLinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of settlement bills. */
export type SettlementBillConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<SettlementBillEdge>;
  /** The rows of this page. */
  nodes: Array<SettlementBill>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A bill with its cursor. */
export type SettlementBillEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: SettlementBill;
};

/** Conditions on settlement bills. */
export type SettlementBillFilter = {
  /** By what the seller gets. */
  amount?: InputMaybe<AmountFilter>;
  /** All of these hold too. */
  and?: InputMaybe<Array<SettlementBillFilter>>;
  /** By category. */
  category?: InputMaybe<MarketplaceCategoryFilter>;
  /** By currency. */
  currency?: InputMaybe<CurrencyFilter>;
  /** By month. */
  month?: InputMaybe<MonthFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<SettlementBillFilter>>;
  /** By seller. */
  partner?: InputMaybe<IdFilter>;
  /** By state. */
  state?: InputMaybe<SettlementBillStateFilter>;
};

/** A line of a settlement bill: what changed since earlier bills for a month, customer and product. */
export type SettlementBillLine = {
  /** Sales less fees. */
  amount: Money;
  /** The customer that bought; null if the caller does not see it, or the account is nobody's. */
  customer?: Maybe<Customer>;
  /** The kind of line. */
  kind: SettlementLineKind;
  /** Its number in the bill, from 1. */
  lineNo: Scalars['Int']['output'];
  /** The fee for operating the platform, taken of the sales so far, less what earlier bills hold. */
  operatingFee: Money;
  /** Operating fee, in parts per million of sales. */
  operatingFeePpm: Scalars['Int']['output'];
  /** The month the sales belong to. */
  originMonth: Scalars['Month']['output'];
  /** The fee of all sales so far, rounded once, less what earlier bills hold of it. */
  platformFee: Money;
  /** Platform fee, in parts per million of sales. */
  platformFeePpm: Scalars['Int']['output'];
  /** The product that was sold; null for the residue. */
  product?: Maybe<Product>;
  /** The sales that it adds. */
  sales: Money;
};

/** A page of lines of a settlement bill. */
export type SettlementBillLineConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<SettlementBillLineEdge>;
  /** The rows of this page. */
  nodes: Array<SettlementBillLine>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A line with its cursor. */
export type SettlementBillLineEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: SettlementBillLine;
};

/** The order of settlement bills. */
export type SettlementBillOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: SettlementBillOrderField;
};

/** What `settlementBills` can be ordered by. */
export type SettlementBillOrderField =
  /** The amount that the seller gets. */
  | 'AMOUNT'
  /** The month. */
  | 'MONTH'
  | '%future added value';

/** The bill-out of a month: asked for by the calendar or by operations, carried out by a worker. */
export type SettlementBillOut = {
  /** The instant at which it was asked for last. */
  askedAt: Scalars['DateTime']['output'];
  /** The person who asked for it last. */
  askedBy: Scalars['String']['output'];
  /** Attempts since it was asked for. */
  attempts: Scalars['Int']['output'];
  /** The error of the last attempt, which is tried again; null if there was none. */
  error?: Maybe<Scalars['String']['output']>;
  /** The instant at which every seller had been looked at; null while it waits or runs. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The month. */
  month: Scalars['Month']['output'];
};

/** Which month to bill out. */
export type SettlementBillOutInput = {
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** The month; it must be over. */
  month: Scalars['Month']['input'];
};

/** The outcome of `settlementBillOut`. */
export type SettlementBillOutPayload = {
  /** The bill-out; it waits for a worker. */
  settlementBillOut?: Maybe<SettlementBillOut>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** State of a settlement bill. What happens to its money is the state of its payment request. */
export type SettlementBillState =
  /** Part of a payment request. */
  | 'BILLED'
  /** Void: its lines can be billed again. */
  | 'CANCELLED'
  /** Carried forward: part of the next request that comes to more than zero. */
  | 'CARRIED'
  | '%future added value';

/** Compares with values of SettlementBillState. */
export type SettlementBillStateFilter = {
  /** Is this. */
  eq?: InputMaybe<SettlementBillState>;
  /** Is one of these. */
  in?: InputMaybe<Array<SettlementBillState>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<SettlementBillState>;
};

/** Kind of a line of a settlement bill. */
export type SettlementLineKind =
  /** Sales of the bill's month. */
  | 'BASE'
  /** More of an earlier month than was billed. */
  | 'CORRECTION'
  /** Less than was billed. */
  | 'REFUND'
  /** Difference between the bill, rounded to the smallest unit, and the sum of its lines. */
  | 'RESIDUE'
  | '%future added value';

/** A month of the programme: its borders, and how far its books are. */
export type SettlementMonth = Node & {
  /** Whether nothing of it changes any more; later facts become corrections in an open month. */
  closed: Scalars['Boolean']['output'];
  /** The first instant after it. */
  endsAt: Scalars['DateTime']['output'];
  /** The instant at which it became final; null until then. */
  finalisedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Digest of its lines; null until it is final. */
  linesDigest?: Maybe<Scalars['String']['output']>;
  /** The month. */
  month: Scalars['Month']['output'];
  /** Version of the counting rules that hold for it. */
  ruleVersion: Scalars['Int']['output'];
  /** Its settlement runs; null for whoever may not see runs. */
  runs?: Maybe<SettlementRunConnection>;
  /** Its first instant, in the programme's time zone. */
  startsAt: Scalars['DateTime']['output'];
  /** The state of its books. */
  state: MonthState;
  /** Grows with every change. */
  version: Scalars['Int']['output'];
};


/** A month of the programme: its borders, and how far its books are. */
export type SettlementMonthRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SettlementRunFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SettlementRunOrder>;
};

/** A page of months. */
export type SettlementMonthConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<SettlementMonthEdge>;
  /** The rows of this page. */
  nodes: Array<SettlementMonth>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A month with its cursor. */
export type SettlementMonthEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: SettlementMonth;
};

/** Conditions on months. */
export type SettlementMonthFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<SettlementMonthFilter>>;
  /** Whether it is closed. */
  closed?: InputMaybe<Scalars['Boolean']['input']>;
  /** By month. */
  month?: InputMaybe<MonthFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<SettlementMonthFilter>>;
  /** By state. */
  state?: InputMaybe<MonthStateFilter>;
};

/** The order of months. */
export type SettlementMonthOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: SettlementMonthOrderField;
};

/** What `months` can be ordered by. */
export type SettlementMonthOrderField =
  /** The month. */
  | 'MONTH'
  | '%future added value';

/** A bill as it stands, and as it would be. */
export type SettlementPreviewBill = {
  /** What it would be; null if there would be no bill. */
  amountAfter?: Maybe<Money>;
  /** What stands; null if there is no bill. */
  amountBefore?: Maybe<Money>;
  /** The performance it would rest on; null if there would be no bill. */
  basisAfter?: Maybe<Money>;
  /** The performance that the bill that stands rests on; null if there is none. */
  basisBefore?: Maybe<Money>;
  /** The bill that stands; null if there is none. */
  bill?: Maybe<IncentiveBill>;
  /** The currency of the bill. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** What it would be more; below zero if it would be less. */
  difference: Money;
  /** The lines that would change, in the order of kind, month, partner, mode and product class. */
  lines?: Maybe<SettlementPreviewLineConnection>;
  /** The reason why it would be parked for review if it became formal; null if it lies within what is usual. */
  parkedReason?: Maybe<ParkedReason>;
  /** The partner whose bill it is. */
  partner?: Maybe<Partner>;
  /** The reasons why it would change, each once; UNCHANGED alone if it would not. */
  reasons: Array<SettlementPreviewReason>;
  /** The reason why its partner cannot be billed, a code; null if it can. */
  setAsideCode?: Maybe<Scalars['String']['output']>;
  /** The reason why its partner cannot be billed, in words; null if it can. */
  setAsideDetail?: Maybe<Scalars['String']['output']>;
};


/** A bill as it stands, and as it would be. */
export type SettlementPreviewBillLinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of a preview. */
export type SettlementPreviewConnection = {
  /** Customers whose changes wait to be worked in. A run does that first; a preview does not write and goes without them, so while this is not 0 a run can come to something else. */
  changesWaiting: Scalars['Int']['output'];
  /** The bills of this page with their cursors. */
  edges: Array<SettlementPreviewEdge>;
  /** The bills of this page. */
  nodes: Array<SettlementPreviewBill>;
  /** The place of this page in the preview. */
  pageInfo: PageInfo;
  /** How many bills the whole preview has, counted only when asked for: that prices every partner. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** What the whole preview comes to by currency, computed only when asked for: that prices every partner. */
  totals?: Maybe<Array<SettlementPreviewTotal>>;
};

/** A previewed bill with its cursor. */
export type SettlementPreviewEdge = {
  /** The place to go on from: an argument of the same preview. */
  cursor: Scalars['String']['output'];
  /** The bill. */
  node: SettlementPreviewBill;
};

/** A line of a bill that would change: what it prices, what it says, and what it would say. */
export type SettlementPreviewLine = {
  /** What it would say; null for a line that would be gone. */
  after?: Maybe<SettlementPreviewLineSide>;
  /** What it says; null for a line that would be new. */
  before?: Maybe<SettlementPreviewLineSide>;
  /** The kind of the line. */
  kind: BillLineKind;
  /** Association mode; null where it does not matter. */
  mode?: Maybe<AssociationMode>;
  /** The month the performance belongs to. */
  originMonth: Scalars['Month']['output'];
  /** The partner whose performance it is; null for nobody. */
  partner?: Maybe<Partner>;
  /** Product class; null where it does not matter. */
  productClass?: Maybe<Scalars['String']['output']>;
  /** The reasons why it would change, each once. */
  reasons: Array<SettlementPreviewReason>;
};

/** A page of lines that would change. */
export type SettlementPreviewLineConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<SettlementPreviewLineEdge>;
  /** The rows of this page. */
  nodes: Array<SettlementPreviewLine>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A line with its cursor. */
export type SettlementPreviewLineEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: SettlementPreviewLine;
};

/** What a line says, or would say. */
export type SettlementPreviewLineSide = {
  /** What it earns, rounded once. */
  amount: Money;
  /** The performance it rests on. */
  basis: Money;
  /** A word on it, e.g. that a cap or minimum held; null if there is none. */
  note?: Maybe<Scalars['String']['output']>;
  /** The policy that prices it; null if none does, or one that is tried. */
  policy?: Maybe<IncentivePolicy>;
  /** Its rate in parts per million; null if no rate fits. */
  ratePpm?: Maybe<Scalars['Int']['output']>;
  /** The place of its rate in the policy; null if no rate fits. */
  rateSeq?: Maybe<Scalars['Int']['output']>;
};

/** A policy that is tried: a version that does not exist. */
export type SettlementPreviewPolicyInput = {
  /** A name, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** Its rates in the order of matching, 1 to 200. */
  rates: Array<IncentiveRateInput>;
  /** First month it would price; of versions that are real or tried the one that begins last does. */
  validFrom: Scalars['Month']['input'];
};

/** Why a bill or line would change. */
export type SettlementPreviewReason =
  /** The performance is another. */
  | 'BASIS_CHANGED'
  /** A cap or minimum holds otherwise. */
  | 'CAP_OR_MINIMUM'
  /** A correction of a closed month is another. */
  | 'CORRECTION'
  /** There would be no bill any more. */
  | 'GONE'
  /** There is no bill yet. */
  | 'NEW_BILL'
  /** The rate is another. */
  | 'RATE_CHANGED'
  /** What rounding leaves over is another. */
  | 'RESIDUE'
  /** Its partner cannot be billed. */
  | 'SET_ASIDE'
  /** Nothing. */
  | 'UNCHANGED'
  | '%future added value';

/** What a preview comes to in one currency. */
export type SettlementPreviewTotal = {
  /** Sum of the bills that would stand. */
  amountAfter: Money;
  /** Sum of the bills that stand. */
  amountBefore: Money;
  /** Bills that would stand. */
  billsAfter: Scalars['Int']['output'];
  /** Bills that stand. */
  billsBefore: Scalars['Int']['output'];
  /** The currency of the bills. */
  currencyCode: Scalars['CurrencyCode']['output'];
  /** What it would be more; below zero if it would be less. */
  difference: Money;
  /** Bills that would be parked for review if they became formal. */
  parked: Scalars['Int']['output'];
  /** Partners whose bill would change. */
  partnersChanged: Scalars['Int']['output'];
  /** Bills whose partner cannot be billed. */
  setAside: Scalars['Int']['output'];
};

/** A partner that a run set aside, so that it could settle the others. */
export type SettlementQuarantine = {
  /** The reason; a stable code. */
  code: Scalars['String']['output'];
  /** What exactly stood in the way. */
  detail: Scalars['String']['output'];
  /** The partner that was set aside. */
  partner?: Maybe<Partner>;
};

/** A page of partners set aside. */
export type SettlementQuarantineConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<SettlementQuarantineEdge>;
  /** The rows of this page. */
  nodes: Array<SettlementQuarantine>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A partner set aside, with its cursor. */
export type SettlementQuarantineEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: SettlementQuarantine;
};

/** A settlement run of a month. */
export type SettlementRun = Node & {
  /** What can be done with it now, and whether by the caller. */
  allowedOperations: Array<PossibleRunOperation>;
  /** Attempts at the step at hand. */
  attempts: Scalars['Int']['output'];
  /** Bills written. */
  bills: Scalars['BigInt']['output'];
  /** The instant at which it was asked for. */
  createdAt: Scalars['DateTime']['output'];
  /** The name in the token of whoever asked for it. */
  createdBy: Scalars['String']['output'];
  /** The instant until which facts were taken in that are in it; null before it froze its input. */
  cutOff?: Maybe<Scalars['DateTime']['output']>;
  /** The reason why it failed, a stable code; null unless it did. */
  errorCode?: Maybe<Scalars['String']['output']>;
  /** The instant at which it ended; null until then. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Digest of the sums it settles; null before it froze its input. */
  inputDigest?: Maybe<Scalars['String']['output']>;
  /** What it makes: an estimate, a draft or the final books. */
  kind: RunKind;
  /** Sums to the partner that were settled: partner, month of origin, mode, product, currency and reason. */
  lines: Scalars['BigInt']['output'];
  /** The month it settles. */
  month: Scalars['Month']['output'];
  /** The step that comes next. */
  phase: RunPhase;
  /** The steps it has done so far. */
  progress: SettlementRunProgress;
  /** The partners set aside, and the reasons. */
  quarantine?: Maybe<SettlementQuarantineConnection>;
  /** Partners set aside with an error; the others are settled. */
  quarantined: Scalars['Int']['output'];
  /** The month with its state. */
  settlementMonth?: Maybe<SettlementMonth>;
  /** Its parts by ranges of partners; a bounded number. */
  shards?: Maybe<Array<SettlementShard>>;
  /** The instant at which a worker first took it; null until then. */
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The state of the run. */
  state: RunState;
};


/** A settlement run of a month. */
export type SettlementRunQuarantineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** The outcome of `settlementRunCancel`. */
export type SettlementRunCancelPayload = {
  /** The run as it is now. */
  settlementRun?: Maybe<SettlementRun>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A page of runs. */
export type SettlementRunConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<SettlementRunEdge>;
  /** The rows of this page. */
  nodes: Array<SettlementRun>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A run with its cursor. */
export type SettlementRunEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: SettlementRun;
};

/** Conditions on runs. */
export type SettlementRunFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<SettlementRunFilter>>;
  /** By the instant at which it was asked for. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** By kind. */
  kind?: InputMaybe<RunKindFilter>;
  /** By month. */
  month?: InputMaybe<MonthFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<SettlementRunFilter>>;
  /** By state. */
  state?: InputMaybe<RunStateFilter>;
};

/** What can be done with a run. */
export type SettlementRunOperation =
  /** Give up: settlementRunCancel. */
  | 'CANCEL'
  /** Stop after the step at hand: settlementRunPause. */
  | 'PAUSE'
  /** Go on where it stopped: settlementRunResume. */
  | 'RESUME'
  | '%future added value';

/** The order of runs. */
export type SettlementRunOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: SettlementRunOrderField;
};

/** What `settlementRuns` can be ordered by. */
export type SettlementRunOrderField =
  /** The instant at which it was asked for. */
  | 'CREATED_AT'
  /** The month. */
  | 'MONTH'
  | '%future added value';

/** The outcome of `settlementRunPause`. */
export type SettlementRunPausePayload = {
  /** The run as it is now. */
  settlementRun?: Maybe<SettlementRun>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The steps that a run has done so far. */
export type SettlementRunProgress = {
  /** Steps done. */
  stepsDone: Scalars['Int']['output'];
  /** Steps in all; 0 until it froze its input. */
  stepsTotal: Scalars['Int']['output'];
};

/** The outcome of `settlementRunResume`. */
export type SettlementRunResumePayload = {
  /** The run as it is now. */
  settlementRun?: Maybe<SettlementRun>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The month to settle, and how far. */
export type SettlementRunStartInput = {
  /** Items of the month's checklist that a final may pass over; it is kept in the audit trail. */
  acknowledge?: Array<CloseItem>;
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
  /** Estimate, draft or final. */
  kind: RunKind;
  /** The month. */
  month: Scalars['Month']['input'];
};

/** The outcome of `settlementRunStart`. */
export type SettlementRunStartPayload = {
  /** The run; it waits for a worker. */
  settlementRun?: Maybe<SettlementRun>;
  /** Why nothing changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The run to steer. */
export type SettlementRunSteerInput = {
  /** The run. */
  id: Scalars['ID']['input'];
  /** The same key with the same input gives the same answer again. */
  idempotencyKey: Scalars['ID']['input'];
};

/** A part of a run: a range of partners, written in one transaction. */
export type SettlementShard = {
  /** Attempts so far. */
  attempts: Scalars['Int']['output'];
  /** Digest of what it wrote; null until it did. */
  digest?: Maybe<Scalars['String']['output']>;
  /** The reason why it failed, a stable code; null unless it did. */
  errorCode?: Maybe<Scalars['String']['output']>;
  /** Sums to the partner that were settled. */
  lines: Scalars['BigInt']['output'];
  /** Its number in the run, from 0. */
  shard: Scalars['Int']['output'];
  /** The state of the part. */
  state: ShardState;
};

/** What a bill-out did not bill, and why. The next bill-out looks again. */
export type SettlementWithheld = {
  /** Sales that are not billed; zero where they are not known. */
  amount: Money;
  /** The instant at which it was found. */
  at: Scalars['DateTime']['output'];
  /** More about it; may be empty. */
  detail: Scalars['String']['output'];
  /** The month that was billed out. */
  month: Scalars['Month']['output'];
  /** The partner of that name; null if it is no partner's. */
  partner?: Maybe<Partner>;
  /** The reason why it is not, or not all, billed; null if it is. */
  reason: UnbilledReason;
  /** The reason as people read it, in the request's language. */
  reasonText: Scalars['String']['output'];
  /** The name under which was sold. */
  seller: Scalars['String']['output'];
};

/** A page of what is not billed. */
export type SettlementWithheldConnection = {
  /** The rows of this page with their cursors. */
  edges: Array<SettlementWithheldEdge>;
  /** The rows of this page. */
  nodes: Array<SettlementWithheld>;
  /** Where this page lies in the list. */
  pageInfo: PageInfo;
  /** How many rows the whole list has, counted only when asked for, and at most 100,000. Null where the list cannot be counted. */
  totalCount?: Maybe<Scalars['Int']['output']>;
  /** False if the list has more rows than totalCount says. */
  totalCountExact?: Maybe<Scalars['Boolean']['output']>;
};

/** A row with its cursor. */
export type SettlementWithheldEdge = {
  /** Where to go on: an argument of the same list in the same order. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: SettlementWithheld;
};

/** Conditions on what is not billed. */
export type SettlementWithheldFilter = {
  /** All of these hold too. */
  and?: InputMaybe<Array<SettlementWithheldFilter>>;
  /** By currency. */
  currency?: InputMaybe<CurrencyFilter>;
  /** By month. */
  month?: InputMaybe<MonthFilter>;
  /** At least one of these holds too. */
  or?: InputMaybe<Array<SettlementWithheldFilter>>;
  /** By partner. */
  partner?: InputMaybe<IdFilter>;
  /** By reason. */
  reason?: InputMaybe<UnbilledReasonFilter>;
  /** By the name under which was sold. */
  seller?: InputMaybe<StringFilter>;
};

/** The order of what is not billed. */
export type SettlementWithheldOrder = {
  /** Which way; the id or key decides between equals, the same way. */
  direction?: OrderDirection;
  /** What rows are ordered by. */
  field: SettlementWithheldOrderField;
};

/** What `settlementWithheld` can be ordered by. */
export type SettlementWithheldOrderField =
  /** The amount. */
  | 'AMOUNT'
  /** The month, then the seller. */
  | 'MONTH'
  | '%future added value';

/** State of a shard of a run. */
export type ShardState =
  /** Every partner of it is billed or set aside. */
  | 'DONE'
  /** Its partners are not billed yet. */
  | 'PENDING'
  /** Failed too often; set aside with its error. */
  | 'QUARANTINED'
  | '%future added value';

/** A file that was uploaded or written out. */
export type StoredFile = Node & {
  /** Its size in bytes; 0 until they are there. */
  bytes: Scalars['BigInt']['output'];
  /** Its media type, as its bytes say; null until they are there. */
  contentType?: Maybe<Scalars['String']['output']>;
  /** The instant at which it was announced. */
  createdAt: Scalars['DateTime']['output'];
  /** Absolute URL that opens the file in a browser for a quarter of an hour, without a bearer token; ask again for a new one. Null while the file is not there. */
  downloadUrl?: Maybe<Scalars['String']['output']>;
  /** The instant at which it is deleted; null if it is kept. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Stable id. */
  id: Scalars['ID']['output'];
  /** Its name, for people. */
  name: Scalars['String']['output'];
  /** The purpose of the file. */
  purpose: FilePurpose;
  /** SHA-256 of its bytes in hexadecimal; null until they are there. */
  sha256?: Maybe<Scalars['String']['output']>;
  /** The state of the file. */
  state: FileState;
};

/** Compares a text. */
export type StringFilter = {
  /** Contains this, without regard to the case of ASCII letters. */
  contains?: InputMaybe<Scalars['String']['input']>;
  /** Is this. */
  eq?: InputMaybe<Scalars['String']['input']>;
  /** Is one of these. */
  in?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<Scalars['String']['input']>;
};

/** Progress as it happens. */
export type Subscription = {
  /** Whatever changes of what the caller sees. */
  changed: Event;
  /** The export at once, then whenever it changed, until it ends. Nothing for an id that does not exist. */
  exportProgress: Export;
  /** The import at once, then whenever it changed, until it ends. Nothing for an id that does not exist. */
  importProgress: Import;
  /** An incentive bill was made, parked, confirmed or issued. */
  incentiveBillChanged: Event;
  /**
   * An opportunity changed its state or what it says, or somebody commented on it or attached a file. Drafts only for
   * their partner, what is internal only for the vendor's staff.
   */
  opportunityChanged: Event;
  /** A payment request changed its state. */
  paymentRequestChanged: Event;
  /** The run at once, then whenever it changed, until it ends. Nothing for an id that does not exist. */
  settlementRunProgress: SettlementRun;
};


/** Progress as it happens. */
export type SubscriptionChangedArgs = {
  entityId?: InputMaybe<Scalars['ID']['input']>;
  topics?: InputMaybe<Array<EventTopic>>;
};


/** Progress as it happens. */
export type SubscriptionExportProgressArgs = {
  id: Scalars['ID']['input'];
};


/** Progress as it happens. */
export type SubscriptionImportProgressArgs = {
  id: Scalars['ID']['input'];
};


/** Progress as it happens. */
export type SubscriptionIncentiveBillChangedArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  partnerId?: InputMaybe<Scalars['ID']['input']>;
};


/** Progress as it happens. */
export type SubscriptionOpportunityChangedArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  partnerId?: InputMaybe<Scalars['ID']['input']>;
};


/** Progress as it happens. */
export type SubscriptionPaymentRequestChangedArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  partnerId?: InputMaybe<Scalars['ID']['input']>;
};


/** Progress as it happens. */
export type SubscriptionSettlementRunProgressArgs = {
  id: Scalars['ID']['input'];
};

/** The support a partner asks for. */
export type SupportKind =
  /** The architecture is validated. */
  | 'ARCHITECTURE_VALIDATION'
  /** Business is demonstrated. */
  | 'BUSINESS_DEMO'
  /** Resources are configured. */
  | 'RESOURCE_CONFIGURATION'
  /** The vendor supports the strategy of the sale. */
  | 'STRATEGY_SUPPORT'
  /** The vendor gives technical advice. */
  | 'TECHNICAL_CONSULTING'
  /** No support: the vendor is only to know of it. */
  | 'VISIBILITY_ONLY'
  | '%future added value';

/** Reason for which sales are not billed. */
export type UnbilledReason =
  /** The bill could not be made. */
  | 'FAILED'
  /** It came after the bill of the month: the next one holds it. */
  | 'NEXT_BILL'
  /** The seller's business information is not certified. */
  | 'NOT_CERTIFIED'
  /** The month was not billed out yet. */
  | 'NOT_DUE'
  /** The customer has not paid. */
  | 'NOT_PAID'
  /** No terms are set for the category and month. */
  | 'NO_TERMS'
  /** No partner sells under this name. */
  | 'UNKNOWN_SELLER'
  | '%future added value';

/** Compares with values of UnbilledReason. */
export type UnbilledReasonFilter = {
  /** Is this. */
  eq?: InputMaybe<UnbilledReason>;
  /** Is one of these. */
  in?: InputMaybe<Array<UnbilledReason>>;
  /** Has no value, or has one. */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is not this; what has no value is not this either. */
  not?: InputMaybe<UnbilledReason>;
};

/** Something in the input that the caller can cure. */
export type UserError = {
  /** The code of the vendor's catalogue, where it has one. */
  cbcCode?: Maybe<Scalars['String']['output']>;
  /** Which of the closed list; stable. */
  code: UserErrorCode;
  /** The field at fault of what the input names, where the input itself has no such field: `customerName` of an opportunity that is submitted, a column of a file. Null otherwise. */
  field?: Maybe<Scalars['String']['output']>;
  /** What is wrong and how to cure it, in the request's language. */
  message: Scalars['String']['output'];
  /** Where in the input as it was sent, outermost first, the places in lists as numbers; null for the whole input. */
  path?: Maybe<Array<Scalars['String']['output']>>;
};

/** Reason for which a request was refused. New values may be added; treat one you do not know as a plain refusal. */
export type UserErrorCode =
  /** The account belongs to another customer. */
  | 'ACCOUNT_LINKED'
  /** The account is of another customer. */
  | 'ACCOUNT_OF_OTHER'
  /** Nothing was done for it yet. */
  | 'ACTIVITY_MISSING'
  /** The same thing exists already. */
  | 'ALREADY_EXISTS'
  /** Another request holds it. */
  | 'ALREADY_REQUESTED'
  /** The customer has a partner in that time. */
  | 'ASSOCIATION_OVERLAPS'
  /** The amount to be paid is less than the least amount. */
  | 'BELOW_MINIMUM'
  /** There is no budget and no plan of one. */
  | 'BUDGET_MISSING'
  /** A row of a calendar is wrong. */
  | 'CALENDAR_ROW'
  /** Another reviewer works on it. */
  | 'CLAIMED_BY_OTHER'
  /** A clock never goes back. */
  | 'CLOCK_MOVES_ON'
  /** The database is not a demonstration's. */
  | 'CLOCK_NOT_SETTABLE'
  /** Something of the checklist holds the month up. */
  | 'CLOSE_BLOCKED'
  /** Not everything was ticked. */
  | 'COMMITMENT_MISSING'
  /** The customer has not agreed. */
  | 'CONSENT_MISSING'
  /** The person is hidden by the side that entered it. */
  | 'CONTACT_HIDDEN'
  /** Nobody is named at the customer, or no way to reach that person. */
  | 'CONTACT_MISSING'
  /** The customer, or its province, is not said. */
  | 'CUSTOMER_MISSING'
  /** Nobody who decides is named. */
  | 'DECISION_MAKER_MISSING'
  /** It is not described. */
  | 'DESCRIPTION_TOO_SHORT'
  /** This distributor may not have customers of its own. */
  | 'DISTRIBUTOR_MAY_NOT_ASSOCIATE'
  /** The rule holds two opportunities to be the same, whatever somebody finds. */
  | 'DUPLICATE_BY_RULE'
  /** Another opportunity that it repeats passed. */
  | 'DUPLICATE_OPPORTUNITY'
  /** It seems to repeat an opportunity that passed, and nobody decided on the two. */
  | 'DUPLICATE_SUSPECTED'
  /** Another opportunity that it repeats has to be decided first. */
  | 'DUPLICATE_UNDECIDED'
  /** An earlier month is not final. */
  | 'EARLIER_MONTH_OPEN'
  /** Somebody finds something wrong with the bill. */
  | 'FEEDBACK_OPEN'
  /** This may not be changed there. */
  | 'FIELD_NOT_EDITABLE'
  /** The file is not of an accepted kind, or not what its name says. */
  | 'FILE_KIND'
  /** The file is too large. */
  | 'FILE_TOO_LARGE'
  /** Nobody approves what he made, or twice. */
  | 'FOUR_EYES'
  /** The key was used for another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** An import is under way. */
  | 'IMPORT_RUNNING'
  /** A value that cannot be read or is out of bounds. */
  | 'INVALID'
  /** Invoices would come to more than the request. */
  | 'INVOICES_EXCEED'
  /** The invoices do not come to the amount, or are not signed for. */
  | 'INVOICES_INCOMPLETE'
  /** So much waits already that more would only wait. */
  | 'LIMIT_REACHED'
  /** The reseller has a distributor in that time. */
  | 'LINK_OVERLAPS'
  /** The month is final. */
  | 'MONTH_CLOSED'
  /** The month has not ended. */
  | 'MONTH_NOT_OVER'
  /** Nothing of the month is known. */
  | 'MONTH_UNKNOWN'
  /** The need is not said. */
  | 'NEED_MISSING'
  /** Nothing is left to be paid. */
  | 'NOTHING_TO_PAY'
  /** The caller may not do this. */
  | 'NOT_ALLOWED'
  /** The caller was not asked to vote, or has voted. */
  | 'NOT_ASKED'
  /** The business information is not certified. */
  | 'NOT_CERTIFIED'
  /** The reviewer has not claimed it. */
  | 'NOT_CLAIMED'
  /** An opportunity cannot be offered to this partner. */
  | 'NOT_ELIGIBLE'
  /** Something that is named does not exist, or belongs to somebody else. */
  | 'NOT_FOUND'
  /** The reviewer does not work in the office that looks after it. */
  | 'NOT_OF_ITS_OFFICE'
  /** The holding period is not over. */
  | 'NOT_YET_AVAILABLE'
  /** Nobody is on the list of approvers for such a bill. */
  | 'NO_APPROVER'
  /** Nobody said where files are kept. */
  | 'NO_FILE_STORE'
  /** There is nobody to whom an opportunity could be offered. */
  | 'NO_RECIPIENT'
  /** Payouts do not go to the sandbox here. */
  | 'NO_SANDBOX'
  /** No offering of the partner goes with it. */
  | 'OFFERING_MISSING'
  /** The offer was not answered in time. */
  | 'OFFER_EXPIRED'
  /** Nobody works in the office. */
  | 'OFFICE_WITHOUT_PEOPLE'
  /** The order belongs to another opportunity. */
  | 'ORDER_OF_OTHER'
  /** It was claimed already. */
  | 'PCE_CLAIMED_ALREADY'
  /** An incentive claim rests on the opportunity. */
  | 'PCE_CLAIM_UNDER_WAY'
  /** Another claim rests on the same. */
  | 'PCE_GROUND_TAKEN'
  /** The names differ. */
  | 'PCE_NAME_DIFFERS'
  /** It comes to nothing. */
  | 'PCE_NOTHING_EARNED'
  /** The partner is not on the list of core partners. */
  | 'PCE_NOT_CORE'
  /** The customer is no enterprise. */
  | 'PCE_NOT_ENTERPRISE'
  /** The partner did not join the frame of shared opportunities. */
  | 'PCE_NOT_JOINED'
  /** The vendor's own opportunities earn no claim. */
  | 'PCE_NOT_PARTNERS'
  /** The customer has not signed. */
  | 'PCE_NOT_SIGNED'
  /** No account is linked. */
  | 'PCE_NO_ACCOUNT'
  /** No order is linked. */
  | 'PCE_NO_ORDER'
  /** No policy is for the month of signing. */
  | 'PCE_NO_POLICY'
  /** The offering is not on the white list. */
  | 'PCE_OFFERING_NOT_LISTED'
  /** Another policy covers the same months. */
  | 'POLICY_OVERLAPS'
  /** The time of the purchase is not said. */
  | 'PURCHASE_TIME_MISSING'
  /** It was to be bought already. */
  | 'PURCHASE_TIME_PAST'
  /** It is bought too late. */
  | 'PURCHASE_TOO_FAR'
  /** A refusal needs a reason. */
  | 'REASON_REQUIRED'
  /** Distributor and reseller are of different regions. */
  | 'REGION_MISMATCH'
  /** A reseller without a distributor cannot take customers. */
  | 'RESELLER_WITHOUT_DISTRIBUTOR'
  /** It brings no revenue worth the work. */
  | 'REVENUE_TOO_SMALL'
  /** A run of this month and kind exists. */
  | 'RUN_EXISTS'
  /** The taxpayer of an invoice is not the certified one. */
  | 'TAXPAYER_DIFFERS'
  /** Another version of the terms is in force. */
  | 'TERMS_OUTDATED'
  /** Somebody else changed it first. */
  | 'VERSION_CONFLICT'
  /** The way of payment is not for this business. */
  | 'WAY_NOT_ALLOWED'
  /** The partner is of the wrong kind. */
  | 'WRONG_PARTNER_KIND'
  /** Not possible in this state. */
  | 'WRONG_STATE'
  | '%future added value';

/** One identity of the books that was checked. */
export type VerifyCheck = {
  /** The first row that breaks it; null if it holds. */
  counterExample?: Maybe<Scalars['String']['output']>;
  /** The currency of both sides; null for counts and digests. */
  currencyCode?: Maybe<Scalars['CurrencyCode']['output']>;
  /** Whether the sides are equal. */
  holds: Scalars['Boolean']['output'];
  /** The left side. */
  left: Scalars['String']['output'];
  /** The month it is about; null for the whole. */
  month?: Maybe<Scalars['Month']['output']>;
  /** The two sides that were compared, e.g. "payments = lines + unmatched". */
  name: Scalars['String']['output'];
  /** The right side. */
  right: Scalars['String']['output'];
};

/** Somebody else changed it first: look at what it is now, then repeat the change. */
export type VersionConflict = UserError & {
  /** The code of the vendor's catalogue, where it has one. */
  cbcCode?: Maybe<Scalars['String']['output']>;
  /** Which of the closed list; stable. */
  code: UserErrorCode;
  /** What it is now. */
  current?: Maybe<Node>;
  /** The field at fault of what the input names, where the input itself has no such field: `customerName` of an opportunity that is submitted, a column of a file. Null otherwise. */
  field?: Maybe<Scalars['String']['output']>;
  /** What is wrong and how to cure it, in the request's language. */
  message: Scalars['String']['output'];
  /** Where in the input as it was sent, outermost first, the places in lists as numbers; null for the whole input. */
  path?: Maybe<Array<Scalars['String']['output']>>;
};

/** The caller, and what it may use. */
export type Viewer = {
  /** The customer the caller belongs to; null for others. */
  customer?: Maybe<Customer>;
  /** Tells on whose behalf the request runs. */
  kind: PrincipalKind;
  /** The partner the caller belongs to; null for others. */
  partner?: Maybe<Partner>;
  /** The root fields the caller may use, e.g. "Query.partners". */
  permissions: Array<Scalars['String']['output']>;
  /** The roles of the vendor's staff; empty for others. */
  roles: Array<OperatorRole>;
  /** The name in the token, as the audit trail keeps it. */
  subject: Scalars['String']['output'];
};

/** A day, and whether it works. */
export type WorkingDay = {
  /** The day asked for. */
  day: Scalars['Date']['output'];
  /** The day itself if it is a working day, else the next one that is. */
  nextWorking: Scalars['Date']['output'];
  /** Whether it is a working day. */
  working: Scalars['Boolean']['output'];
};

export type IncentiveBillsQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<IncentiveBillFilter>;
}>;


export type IncentiveBillsQuery = { incentiveBills?: { nodes: Array<{ id: string, month: string, state: BillState, partner?: { id: string, name: string } | null, amount: { amount: string, currencyCode: string } }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } | null };

export type ChangedSubscriptionVariables = Exact<{
  topics?: InputMaybe<Array<EventTopic> | EventTopic>;
}>;


export type ChangedSubscription = { changed: { id: string, at: string, topic: EventTopic, kind: string, entityId: string } };

export type FileCreateMutationVariables = Exact<{
  input: FileCreateInput;
}>;


export type FileCreateMutation = { fileCreate?: { uploadUrl?: string | null, file?: { id: string, name: string, state: FileState } | null, userErrors: Array<
      | Refusal_InputError_Fragment
      | Refusal_VersionConflict_Fragment
    > } | null };

export type FileQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type FileQuery = { file?: { id: string, name: string, state: FileState, bytes: string, sha256?: string | null, contentType?: string | null, downloadUrl?: string | null } | null };

export type ImportCreateMutationVariables = Exact<{
  input: ImportCreateInput;
}>;


export type ImportCreateMutation = { importCreate?: { uploadUrl?: string | null, import?: { id: string, fileName: string, state: ImportState } | null, userErrors: Array<
      | Refusal_InputError_Fragment
      | Refusal_VersionConflict_Fragment
    > } | null };

export type ImportProgressSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ImportProgressSubscription = { importProgress: { id: string, state: ImportState } };

export type ExportCreateMutationVariables = Exact<{
  input: ExportCreateInput;
}>;


export type ExportCreateMutation = { exportCreate?: { export?: { id: string, state: ExportState } | null, userErrors: Array<
      | Refusal_InputError_Fragment
      | Refusal_VersionConflict_Fragment
    > } | null };

export type ExportProgressSubscriptionVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ExportProgressSubscription = { exportProgress: { id: string, state: ExportState, errorCode?: string | null, downloadUrl?: string | null } };

export type OpportunityCreateMutationVariables = Exact<{
  input: OpportunityCreateInput;
}>;


export type OpportunityCreateMutation = { opportunityCreate?: { opportunity?: { id: string, name: string, version: number } | null, userErrors: Array<
      | Refusal_InputError_Fragment
      | Refusal_VersionConflict_Fragment
    > } | null };

export type OpportunityUpdateMutationVariables = Exact<{
  input: OpportunityUpdateInput;
}>;


export type OpportunityUpdateMutation = { opportunityUpdate?: { opportunity?: { id: string, name: string, version: number } | null, userErrors: Array<
      | Refusal_InputError_Fragment
      | Refusal_VersionConflict_Fragment
    > } | null };

export type PartnersQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PartnerFilter>;
  orderBy?: InputMaybe<PartnerOrder>;
}>;


export type PartnersQuery = { partners?: { nodes: Array<{ id: string, name: string, kind: PartnerKind, region: string, tier: string, version: number }>, pageInfo: { hasNextPage: boolean, endCursor?: string | null } } | null };

export type PartnerCreateMutationVariables = Exact<{
  input: PartnerCreateInput;
}>;


export type PartnerCreateMutation = { partnerCreate?: { partner?: { id: string, name: string, kind: PartnerKind, region: string, version: number } | null, userErrors: Array<
      | Refusal_InputError_Fragment
      | Refusal_VersionConflict_Fragment
    > } | null };

type Refusal_InputError_Fragment = { __typename: 'InputError', code: UserErrorCode, cbcCode?: string | null, message: string, path?: Array<string> | null };

type Refusal_VersionConflict_Fragment = { __typename: 'VersionConflict', code: UserErrorCode, cbcCode?: string | null, message: string, path?: Array<string> | null, current?:
    | { __typename: 'Association', id: string }
    | { __typename: 'AuditEvent', id: string }
    | { __typename: 'BillFeedback', id: string }
    | { __typename: 'BusinessInformation', id: string }
    | { __typename: 'CloudAccount', id: string }
    | { __typename: 'CountersignApprover', id: string }
    | { __typename: 'Customer', id: string }
    | { __typename: 'CustomerProfile', id: string }
    | { __typename: 'Deadline', id: string }
    | { __typename: 'Event', id: string }
    | { __typename: 'Export', id: string }
    | { __typename: 'Import', id: string }
    | { __typename: 'IncentiveBill', id: string }
    | { __typename: 'IncentiveEntitlement', id: string }
    | { __typename: 'IncentivePolicy', id: string }
    | { __typename: 'Invoice', id: string }
    | { __typename: 'MarketplaceTerms', id: string }
    | { __typename: 'Message', id: string }
    | { __typename: 'Office', id: string }
    | { __typename: 'Opportunity', id: string }
    | { __typename: 'OpportunityView', id: string }
    | { __typename: 'Partner', id: string }
    | { __typename: 'PartnerInvoice', id: string }
    | { __typename: 'PartnerOffering', id: string }
    | { __typename: 'Payment', id: string }
    | { __typename: 'PaymentRequest', id: string }
    | { __typename: 'PayoutOrder', id: string }
    | { __typename: 'PayoutPreference', id: string }
    | { __typename: 'PayoutTerms', id: string }
    | { __typename: 'PceClaim', id: string }
    | { __typename: 'PceIncentivePolicy', id: string }
    | { __typename: 'PceProfile', id: string }
    | { __typename: 'PerformanceLine', id: string }
    | { __typename: 'Product', id: string }
    | { __typename: 'Programme', id: string }
    | { __typename: 'SellerName', id: string }
    | { __typename: 'SettlementBill', id: string }
    | { __typename: 'SettlementMonth', id: string }
    | { __typename: 'SettlementRun', id: string }
    | { __typename: 'StoredFile', id: string }
   | null };

export type RefusalFragment =
  | Refusal_InputError_Fragment
  | Refusal_VersionConflict_Fragment
;

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { subject: string, kind: PrincipalKind, roles: Array<OperatorRole>, permissions: Array<string>, partner?: { id: string, name: string } | null, customer?: { id: string, name: string } | null } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on UserError {
  __typename
  code
  cbcCode
  message
  path
  ... on VersionConflict {
    current {
      __typename
      id
    }
  }
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const IncentiveBillsDocument = new TypedDocumentString(`
    query IncentiveBills($first: Int = 50, $after: String, $filter: IncentiveBillFilter) {
  incentiveBills(first: $first, after: $after, filter: $filter) {
    nodes {
      id
      month
      state
      partner {
        id
        name
      }
      amount {
        amount
        currencyCode
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<IncentiveBillsQuery, IncentiveBillsQueryVariables>;
export const ChangedDocument = new TypedDocumentString(`
    subscription Changed($topics: [EventTopic!]) {
  changed(topics: $topics) {
    id
    at
    topic
    kind
    entityId
  }
}
    `) as unknown as TypedDocumentString<ChangedSubscription, ChangedSubscriptionVariables>;
export const FileCreateDocument = new TypedDocumentString(`
    mutation FileCreate($input: FileCreateInput!) {
  fileCreate(input: $input) {
    file {
      id
      name
      state
    }
    uploadUrl
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  __typename
  code
  cbcCode
  message
  path
  ... on VersionConflict {
    current {
      __typename
      id
    }
  }
}`) as unknown as TypedDocumentString<FileCreateMutation, FileCreateMutationVariables>;
export const FileDocument = new TypedDocumentString(`
    query File($id: ID!) {
  file(id: $id) {
    id
    name
    state
    bytes
    sha256
    contentType
    downloadUrl
  }
}
    `) as unknown as TypedDocumentString<FileQuery, FileQueryVariables>;
export const ImportCreateDocument = new TypedDocumentString(`
    mutation ImportCreate($input: ImportCreateInput!) {
  importCreate(input: $input) {
    import {
      id
      fileName
      state
    }
    uploadUrl
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  __typename
  code
  cbcCode
  message
  path
  ... on VersionConflict {
    current {
      __typename
      id
    }
  }
}`) as unknown as TypedDocumentString<ImportCreateMutation, ImportCreateMutationVariables>;
export const ImportProgressDocument = new TypedDocumentString(`
    subscription ImportProgress($id: ID!) {
  importProgress(id: $id) {
    id
    state
  }
}
    `) as unknown as TypedDocumentString<ImportProgressSubscription, ImportProgressSubscriptionVariables>;
export const ExportCreateDocument = new TypedDocumentString(`
    mutation ExportCreate($input: ExportCreateInput!) {
  exportCreate(input: $input) {
    export {
      id
      state
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  __typename
  code
  cbcCode
  message
  path
  ... on VersionConflict {
    current {
      __typename
      id
    }
  }
}`) as unknown as TypedDocumentString<ExportCreateMutation, ExportCreateMutationVariables>;
export const ExportProgressDocument = new TypedDocumentString(`
    subscription ExportProgress($id: ID!) {
  exportProgress(id: $id) {
    id
    state
    errorCode
    downloadUrl
  }
}
    `) as unknown as TypedDocumentString<ExportProgressSubscription, ExportProgressSubscriptionVariables>;
export const OpportunityCreateDocument = new TypedDocumentString(`
    mutation OpportunityCreate($input: OpportunityCreateInput!) {
  opportunityCreate(input: $input) {
    opportunity {
      id
      name
      version
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  __typename
  code
  cbcCode
  message
  path
  ... on VersionConflict {
    current {
      __typename
      id
    }
  }
}`) as unknown as TypedDocumentString<OpportunityCreateMutation, OpportunityCreateMutationVariables>;
export const OpportunityUpdateDocument = new TypedDocumentString(`
    mutation OpportunityUpdate($input: OpportunityUpdateInput!) {
  opportunityUpdate(input: $input) {
    opportunity {
      id
      name
      version
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  __typename
  code
  cbcCode
  message
  path
  ... on VersionConflict {
    current {
      __typename
      id
    }
  }
}`) as unknown as TypedDocumentString<OpportunityUpdateMutation, OpportunityUpdateMutationVariables>;
export const PartnersDocument = new TypedDocumentString(`
    query Partners($first: Int = 50, $after: String, $filter: PartnerFilter, $orderBy: PartnerOrder) {
  partners(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    nodes {
      id
      name
      kind
      region
      tier
      version
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<PartnersQuery, PartnersQueryVariables>;
export const PartnerCreateDocument = new TypedDocumentString(`
    mutation PartnerCreate($input: PartnerCreateInput!) {
  partnerCreate(input: $input) {
    partner {
      id
      name
      kind
      region
      version
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  __typename
  code
  cbcCode
  message
  path
  ... on VersionConflict {
    current {
      __typename
      id
    }
  }
}`) as unknown as TypedDocumentString<PartnerCreateMutation, PartnerCreateMutationVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    subject
    kind
    roles
    permissions
    partner {
      id
      name
    }
    customer {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;