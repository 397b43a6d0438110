-- Puts a ticket, whose old state was left, into a new active state.
local function enter_state(visitor, to, facts)
  local leg, time = current_leg(visitor), branch_time(facts)
  if to == 'waiting' then
    visitor.desk, leg.desk, leg.called, leg.started = nil, nil, nil, nil
    join_line(visitor)
  elseif to == 'called' then
    leg.desk, leg.called, leg.started = visitor.desk, at, nil
    leg.wait_ms = leg.wait_ms or time - leg.joined_time
    visitor.recalls, visitor.recalled = 0, nil
  elseif to == 'serving' then
    leg.desk, leg.called, leg.started = visitor.desk, leg.called or at, at
    if visitor.state == 'called' then
      leg.walk_ms = leg.walk_ms or time - visitor.since
    end
  end
  visitor.state, visitor.since = to, time
end
