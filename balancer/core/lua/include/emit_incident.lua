-- Writes an incident of the caller's branch into the log, with the ticket and the desk that it is about.
local function emit_incident(visitor, at_desk)
  emit('incident_recorded', {branch = branch}, {
    category = category, text = text, desk = at_desk,
    ticket = visitor and visitor.id, number = visitor and visitor.number,
  })
end
