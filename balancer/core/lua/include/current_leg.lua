-- The leg that a ticket is in.
local function current_leg(visitor)
  return visitor.legs[visitor.leg + 1]
end
