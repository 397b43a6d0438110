-- The desk closes; tickets bound to it return to their queues.
-- kind: command
-- keys: beats
-- args: branch desk
-- returns: Answer: desk
-- events: desk_closed ticket_requeued
local text = change_desk('desk_closed')
redis.call('ZREM', beats, branch .. '/' .. desk)
unbind_all(load_facts(branch), desk, 'desk_closed')
return answer({desk = text})
