-- A desk that has closed or gone meanwhile binds nobody.
-- keys: desks
local function unbind_closed(visitor)
  if visitor.bound then
    local text = redis.call('HGET', desks, visitor.branch .. '/' .. visitor.bound)
    if not text or cjson.decode(text).state == 'closed' then
      visitor.bound = nil
    end
  end
end
