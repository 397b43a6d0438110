-- Books the time for which the visitor has been paying to his leg, if he has.
local function end_paying(visitor, facts)
  if visitor.paying_since then
    local leg = current_leg(visitor)
    leg.paying_ms = (leg.paying_ms or 0) + branch_time(facts) - visitor.paying_time
    visitor.paying_since, visitor.paying_time = nil, nil
  end
end
