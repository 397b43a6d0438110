-- The desk's break is over.
-- kind: command
-- keys:
-- args: branch desk
-- returns: Answer: desk
-- events: desk_resumed
return answer({desk = change_desk('desk_resumed')})
