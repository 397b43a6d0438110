-- The line in which a ticket stands: its desk's own if it is bound, else its queue's; apart if it needs
-- power.
-- keys: lines bounds
local function line_of(visitor)
  local name = visitor.bound and bounds .. visitor.branch .. '/' .. visitor.bound
    or lines .. visitor.branch .. '/' .. visitor.queue
  return visitor.needs_power and name .. ':power' or name
end
