-- Something happened at the desk that colleagues should know of; nothing changes but the log.
-- kind: command
-- keys:
-- args: branch desk category text
-- returns: Answer: desk, ticket (the one in hand)
-- events: incident_recorded
local holder = load_desk(branch, desk)
local visitor, visitor_text
if holder.ticket then
  visitor, visitor_text = load_ticket(holder.ticket)
end
emit_incident(visitor, desk)
return desk_answer({ticket = visitor_text})
