-- The ticket in hand at the caller's desk, in a state that the table lets him move; with it the branch's
-- facts and the desk.
local function in_hand()
  local holder = load_desk(branch, desk)
  local facts = load_facts(branch)
  ask_branch(facts)
  if not holder.ticket then
    refuse('no_ticket_in_hand')
  end
  local visitor, text = load_ticket(holder.ticket)
  expect_version('ticket', visitor, text)
  may_move('ticket', visitor.state, 'ticket', text)
  return visitor, facts, holder
end
