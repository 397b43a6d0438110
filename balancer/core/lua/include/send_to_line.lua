-- An active ticket waits again at the place that it has, and the log says so.
local function send_to_line(visitor, facts, event, detail)
  local texts = {branch = visitor.branch, was = visitor.state}
  texts.ticket, texts.desk = back_to_line(visitor, to_state(event, 'waiting'), facts)
  emit(event, texts, detail)
  return texts
end
