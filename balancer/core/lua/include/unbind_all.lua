-- The tickets bound to a desk that has closed return to their queues, at their old places.
-- keys: bounds
local function unbind_all(facts, name, why)
  local line = bounds .. facts.branch .. '/' .. name
  for _, half in ipairs({line, line .. ':power'}) do
    for _, place in ipairs(redis.call('ZRANGE', half, 0, -1)) do
      local visitor = load_ticket(id_in(place))
      send_to_line(visitor, facts, 'ticket_requeued', {reason = why})
    end
  end
end
