-- A called visitor did not come: some places back while there are chances left, then no_show.
local function miss(visitor, facts)
  local policy = branch_setting(visitor.branch)
  local texts = {branch = visitor.branch, was = visitor.state}
  visitor.misses = visitor.misses + 1
  if visitor.misses > policy.no_show_chances then
    texts.ticket, texts.desk = end_ticket(visitor, to_state('ticket_no_show'), facts, 'no_show')
    emit('ticket_no_show', texts)
  else
    step_back(visitor, policy.no_show_back)
    texts.ticket, texts.desk = back_to_line(visitor, to_state('ticket_missed'), facts)
    emit('ticket_missed', texts)
  end
  return texts
end
