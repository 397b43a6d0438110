-- Makes the leg after the present one, which has ended, the ticket's own.
local function next_service(visitor, facts, needs_power)
  visitor.leg = visitor.leg + 1
  local leg = begin_leg(current_leg(visitor), facts)
  visitor.service, visitor.queue, visitor.needs_power = leg.service, leg.queue, needs_power
end
