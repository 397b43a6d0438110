-- A supervisor says which queues a desk calls from, until he says otherwise; none given: those of the city's
-- file again.
-- kind: command
-- keys:
-- args: branch desk queues?
-- returns: Answer: desk
-- events: desk_skills_set
local holder, text = load_desk(branch, desk)
local given = queues and cjson.decode(queues)
for _, queue in ipairs(given or {}) do
  if not setting('queue/' .. branch .. '/' .. queue) then
    refuse('unknown_queue', {queue = queue})
  end
end
expect_version('desk', holder, text)
may_move('desk', holder.state, 'desk', text)
holder.queues, holder.state = given, to_state('desk_skills_set', holder.state)
text = save_desk(holder)
emit('desk_skills_set', {branch = branch, desk = text})
return answer({desk = text})
