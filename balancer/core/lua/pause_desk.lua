-- The desk takes a break.
-- kind: command
-- keys:
-- args: branch desk reason?
-- returns: Answer: desk
-- events: desk_paused
return answer({desk = change_desk('desk_paused', reason)})
