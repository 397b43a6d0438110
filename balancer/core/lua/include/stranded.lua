-- Whom a change of settings would leave behind: the places that active tickets need and the change removes,
-- with how many tickets need each.
-- keys: actives tickets branches
local function stranded(old, new)
  local needed, served, still_served = {}, skills(old), skills(new)
  local function need(kind, name, gone)
    if gone then
      local place = kind .. ' ' .. name
      needed[place] = (needed[place] or 0) + 1
    end
  end
  local function need_queue(queue)
    need('queue', queue, not new['queue/' .. queue])
  end
  local function need_desk(place, name)
    need('desk', place .. tostring(name), name and not new['desk/' .. place .. name])
  end
  for _, name in ipairs(redis.call('HKEYS', branches)) do
    for _, id in ipairs(redis.call('SMEMBERS', actives .. name)) do
      local visitor, place = load_ticket(id), name .. '/'
      local queue = place .. visitor.queue
      need('branch', name, not new['branch/' .. name])
      need_queue(queue)
      if visitor.come_back then
        need_queue(place .. sent_leg(visitor).queue)
      end
      need('desk for queue', queue, not visitor.bound and served[queue] and not still_served[queue])
      need_desk(place, visitor.bound)
      need_desk(place, visitor.come_back)
      need_desk(place, (visitor.state == 'called' or visitor.state == 'serving') and visitor.desk)
      for index = visitor.leg + 1, #visitor.legs do
        local offered = 'offer/' .. place .. visitor.legs[index].service
        need('service', place .. visitor.legs[index].service, old[offered] and not new[offered])
      end
    end
  end
  local faults = {}
  for _, place in ipairs(each_of(needed, '')) do
    faults[#faults + 1] = place .. ': ' .. needed[place]
  end
  return faults
end
