import type { MutationName } from '#domain/mutations.ts'
import type { Mutator } from './tx.ts'
import { acceptFor } from './acceptFor.ts'
import { acceptShift } from './acceptShift.ts'
import { addAbsence } from './addAbsence.ts'
import { answerReinforcement } from './answerReinforcement.ts'
import { approveCover } from './approveCover.ts'
import { askCover } from './askCover.ts'
import { askSupport } from './askSupport.ts'
import { assign } from './assign.ts'
import { cancelShift } from './cancelShift.ts'
import { checkIn } from './checkIn.ts'
import { checkOut } from './checkOut.ts'
import { closeMode } from './closeMode.ts'
import { confirmReport } from './confirmReport.ts'
import { declineReport } from './declineReport.ts'
import { declineShift } from './declineShift.ts'
import { declineSwap } from './declineSwap.ts'
import { dismissVerdict } from './dismissVerdict.ts'
import { draftShifts } from './draftShifts.ts'
import { dropRecurrence } from './dropRecurrence.ts'
import { dropSeat } from './dropSeat.ts'
import { dropTemplate } from './dropTemplate.ts'
import { endAbsence } from './endAbsence.ts'
import { endPartnerUnit } from './endPartnerUnit.ts'
import { endPartyOrg } from './endPartyOrg.ts'
import { endPartyPost } from './endPartyPost.ts'
import { endSeat } from './endSeat.ts'
import { escalate } from './escalate.ts'
import { forceHandover } from './forceHandover.ts'
import { giveHandover } from './giveHandover.ts'
import { joinWaitlist } from './joinWaitlist.ts'
import { leaveWaitlist } from './leaveWaitlist.ts'
import { logCall } from './logCall.ts'
import { mergeUnits } from './mergeUnits.ts'
import { moveShift } from './moveShift.ts'
import { offerSwap } from './offerSwap.ts'
import { openCallout } from './openCallout.ts'
import { openMode } from './openMode.ts'
import { pickWaiting } from './pickWaiting.ts'
import { publishRoster } from './publishRoster.ts'
import { readNotice } from './readNotice.ts'
import { refuseCover } from './refuseCover.ts'
import { remind } from './remind.ts'
import { renewMode } from './renewMode.ts'
import { reportIn } from './reportIn.ts'
import { requestReinforcement } from './requestReinforcement.ts'
import { resumeCallout } from './resumeCallout.ts'
import { saveAvailability } from './saveAvailability.ts'
import { savePartnerUnit } from './savePartnerUnit.ts'
import { savePartyOrg } from './savePartyOrg.ts'
import { saveRecurrence } from './saveRecurrence.ts'
import { saveSeat } from './saveSeat.ts'
import { saveTemplate } from './saveTemplate.ts'
import { saveWishes } from './saveWishes.ts'
import { sayToday } from './sayToday.ts'
import { setConsent } from './setConsent.ts'
import { setPartyPost } from './setPartyPost.ts'
import { settleDeadLetter } from './settleDeadLetter.ts'
import { standDown } from './standDown.ts'
import { takeCover } from './takeCover.ts'
import { takeHandover } from './takeHandover.ts'
import { takeHeldPlace } from './takeHeldPlace.ts'
import { takeOver } from './takeOver.ts'
import { takeSwap } from './takeSwap.ts'
import { unassign } from './unassign.ts'
import { untakeCover } from './untakeCover.ts'
import { withdraw } from './withdraw.ts'
import { withdrawCover } from './withdrawCover.ts'
import { withdrawReport } from './withdrawReport.ts'

/** Every intent of docs/protocol.md by its name on the wire. */
export const MUTATORS: { [N in MutationName]: Mutator<N> } = {
  accept_shift: acceptShift,
  accept_for: acceptFor,
  decline_shift: declineShift,
  withdraw,
  join_waitlist: joinWaitlist,
  leave_waitlist: leaveWaitlist,
  take_held_place: takeHeldPlace,
  pick_waiting: pickWaiting,
  check_in: checkIn,
  check_out: checkOut,
  give_handover: giveHandover,
  take_handover: takeHandover,
  force_handover: forceHandover,
  ask_support: askSupport,
  remind,
  take_over: takeOver,
  assign,
  unassign,
  draft_shifts: draftShifts,
  cancel_shift: cancelShift,
  move_shift: moveShift,
  publish_roster: publishRoster,
  open_callout: openCallout,
  escalate,
  request_reinforcement: requestReinforcement,
  answer_reinforcement: answerReinforcement,
  resume_callout: resumeCallout,
  save_template: saveTemplate,
  save_recurrence: saveRecurrence,
  drop_recurrence: dropRecurrence,
  drop_template: dropTemplate,
  stand_down: standDown,
  open_mode: openMode,
  renew_mode: renewMode,
  close_mode: closeMode,
  set_consent: setConsent,
  save_wishes: saveWishes,
  add_absence: addAbsence,
  end_absence: endAbsence,
  save_availability: saveAvailability,
  say_today: sayToday,
  ask_cover: askCover,
  take_cover: takeCover,
  untake_cover: untakeCover,
  withdraw_cover: withdrawCover,
  approve_cover: approveCover,
  refuse_cover: refuseCover,
  offer_swap: offerSwap,
  take_swap: takeSwap,
  decline_swap: declineSwap,
  save_party_org: savePartyOrg,
  end_party_org: endPartyOrg,
  set_party_post: setPartyPost,
  end_party_post: endPartyPost,
  save_partner_unit: savePartnerUnit,
  end_partner_unit: endPartnerUnit,
  merge_units: mergeUnits,
  save_seat: saveSeat,
  end_seat: endSeat,
  drop_seat: dropSeat,
  report_in: reportIn,
  withdraw_report: withdrawReport,
  confirm_report: confirmReport,
  decline_report: declineReport,
  dismiss_verdict: dismissVerdict,
  settle_dead_letter: settleDeadLetter,
  read_notice: readNotice,
  log_call: logCall,
}
