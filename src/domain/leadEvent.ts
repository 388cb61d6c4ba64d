/** What a coordinator has to know, from the event log: the kinds of private.for_leads (tests/i18n/kinds.test.ts). */
export type LeadEventKind = 'no_relief' | 'relief_late' | 'handover_forced' | 'taken_over' | 'disputed' | 'not_arrived'
  | 'unconfirmed' | 'escalated' | 'rung_skipped' | 'unfilled' | 'reinforcement_asked' | 'reinforcement_answered'
  | 'mode_expiring' | 'mode_expired' | 'left_community' | 'account_closed' | 'help_request' | 'reset_issued'
  | 'appointed' | 'record_joined' | 'stand_in_refused' | 'support_asked' | 'door_feedback'
