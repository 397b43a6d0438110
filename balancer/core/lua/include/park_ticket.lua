-- Sets the ticket in hand aside until a city instant, or for the branch's usual time; the desk stays on it.
local function park_ticket(visitor, facts, why, instant, detail)
  local spell = instant and instant - at or branch_setting(visitor.branch).park_default_ms
  local texts = {branch = visitor.branch, was = visitor.state, desk = free_desk(visitor)}
  leave_state(visitor, facts)
  enter_state(visitor, to_state('ticket_parked'), facts)
  visitor.park_reason, visitor.park_until = why, at + spell
  set_timer(visitor, 'wake', branch_time(facts) + spell)
  texts.ticket = save_ticket(visitor)
  emit('ticket_parked', texts, detail)
  return texts
end
