-- The ticket that the caller names, in a state that the table lets him move; with it its branch's facts.
local function by_id()
  local visitor, text = load_ticket(ticket)
  local facts = load_facts(visitor.branch)
  ask_branch(facts)
  expect_version('ticket', visitor, text)
  may_move('ticket', visitor.state, 'ticket', text)
  return visitor, facts
end
