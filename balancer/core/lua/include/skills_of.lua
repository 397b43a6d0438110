-- The queues from which a desk may call: those that a supervisor set, else those of the city's file.
local function skills_of(holder)
  return holder.queues or setting('desk/' .. holder.branch .. '/' .. holder.desk).queues
end
