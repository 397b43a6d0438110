-- A waiting or parked ticket is called to the caller's desk.
local function call_ticket(visitor, facts, holder)
  local was = visitor.state
  keep_estimate(visitor)
  leave_state(visitor, facts)
  visitor.desk = desk
  enter_state(visitor, to_state('ticket_called'), facts)
  expect_visitor(visitor, facts)
  holder.ticket = visitor.id
  local texts = {branch = branch, was = was, ticket = save_ticket(visitor), desk = save_desk(holder)}
  emit('ticket_called', texts)
  return desk_answer(texts)
end
