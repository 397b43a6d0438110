-- The desk receives.
-- kind: command
-- keys:
-- args: branch desk
-- returns: Answer: desk
-- events: desk_opened
return answer({desk = change_desk('desk_opened')})
