-- A leg that joins its queue now.
local function begin_leg(leg, facts)
  leg.joined, leg.joined_time = at, branch_time(facts)
  return leg
end
