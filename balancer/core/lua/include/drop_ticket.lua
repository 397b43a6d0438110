-- An active ticket ends unserved, in the state to which the event leads.
local function drop_ticket(visitor, facts, event)
  local texts = {branch = visitor.branch, was = visitor.state}
  local to = to_state(event)
  texts.ticket, texts.desk = end_ticket(visitor, to, facts, to)
  emit(event, texts)
  return texts
end
