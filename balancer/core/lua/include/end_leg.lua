-- Closes the leg that a ticket, whose state was left, is in.
local function end_leg(visitor, facts, outcome)
  local leg = current_leg(visitor)
  leg.finished, leg.outcome = at, outcome
  leg.paused_ms = (at - leg.joined) - (branch_time(facts) - leg.joined_time)
end
