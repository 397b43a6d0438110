-- Carries a ticket over to the next day: it keeps its place and its number; a parked one stays parked.
local function carry_ticket(visitor, facts)
  local texts = {branch = visitor.branch, was = visitor.state}
  local parked = visitor.state == to_state('ticket_carried', 'parked')
  if parked then
    visitor.bound = nil
    texts.ticket = save_ticket(visitor)
  else
    texts.desk = free_desk(visitor)
    leave_state(visitor, facts)
    visitor.bound = nil
    enter_state(visitor, to_state('ticket_carried', 'waiting'), facts)
    texts.ticket = save_ticket(visitor)
  end
  count(visitor.branch, 'carried_out')
  count(visitor.branch, 'carried_in')
  emit('ticket_carried', texts)
end
