-- Books a ticket out of its branch and into another, where it gets a new number and its further legs new
-- queues.
-- keys: actives
local function change_branch(visitor, goal)
  local source, place = visitor.branch, goal.facts.branch
  redis.call('SMOVE', actives .. source, actives .. place, visitor.id)
  count(source, 'moved_out')
  count(place, 'moved_in')
  visitor.branch, visitor.letter, visitor.day, visitor.come_back = place, goal.letter, day, nil
  visitor.number = next_number(place, day, goal.letter)
  for index = visitor.leg + 2, #visitor.legs do
    local leg = visitor.legs[index]
    leg.branch, leg.queue = place, offer(place, leg.service).queue
  end
end
