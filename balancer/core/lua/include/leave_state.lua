-- Closes what a ticket's present state left open: its place in line, its timer, the span it was in. `since`
-- is the branch time at which it entered the state, so that no span counts a pause.
local function leave_state(visitor, facts)
  local leg, spent = current_leg(visitor), branch_time(facts) - visitor.since
  if visitor.state == 'waiting' then
    redis.call('ZREM', line_of(visitor), place_of(visitor))
  elseif visitor.state == 'called' then
    set_timer(visitor, 'no_show')
  elseif visitor.state == 'serving' then
    leg.service_ms = (leg.service_ms or 0) + spent
    end_paying(visitor, facts)
  elseif visitor.state == 'parked' then
    set_timer(visitor, 'wake')
    leg.parked_ms = leg.parked_ms + spent
    visitor.park_reason, visitor.park_until = nil, nil
  end
end
