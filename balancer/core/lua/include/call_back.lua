-- Called tickets of a branch go back to their places: all, or only those whose service has `stopped`.
local function call_back(facts, why, stopped)
  for _, holder in ipairs(desks_of(facts.branch)) do
    local visitor = holder.ticket and load_ticket(holder.ticket)
    local concerned = visitor and (not stopped or is_suspended(facts, visitor.service)
      or (visitor.needs_power and facts.power == 'off'))
    if concerned and MOVES.ticket_requeued.from[visitor.state] then
      send_to_line(visitor, facts, 'ticket_requeued', {reason = why})
    end
  end
end
