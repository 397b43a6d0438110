-- Refuses a transfer to a branch that takes no tickets now, or cannot serve what the visit still needs.
local function ask_receiving(visitor, goal)
  if goal.facts.phase ~= 'open' then
    refuse(goal.facts.phase == 'closed' and 'branch_closed' or 'tickets_closed')
  end
  ask_service(goal.facts, goal.needs_power, goal.service)
  for index = visitor.leg + 2, #visitor.legs do
    offer(goal.facts.branch, visitor.legs[index].service)
  end
end
