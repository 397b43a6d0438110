-- Called tickets of a branch go back to their places: all, or only those that need power.
local function call_back(facts, dark_only, why)
  for _, holder in ipairs(desks_of(facts.branch)) do
    local visitor = holder.ticket and load_ticket(holder.ticket)
    if visitor and MOVES.ticket_requeued.from[visitor.state] and (visitor.needs_power or not dark_only) then
      send_to_line(visitor, facts, 'ticket_requeued', {reason = why})
    end
  end
end
